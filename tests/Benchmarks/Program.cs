using Mainstreet.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [all|append|fetch|lag|tenants|volume|processes|signin|rebuild|import|messages|http|inbound|day|paced|readers|webhooks] [seconds per measurement]
// Prints tables and asserts nothing: these figures depend on the machine, so each stands beside the raw ceiling of the same run.
var wanted = args.ElementAtOrDefault(0) ?? "all";
var duration = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "4", System.Globalization.CultureInfo.InvariantCulture));
(string Name, Func<Task> Run)[] tables =
[
    ("lag", LagTable.Run),
    ("append", new AppendTable(duration).Run),
    ("fetch", new FetchAppendTable(duration).Run),
    ("tenants", new TenantsTable(duration, (10, 1_000), (10_000, 1_000_000)).Run),
    ("volume", new TenantsTable(duration, (10, 1_000), (10_000, 10_000_000)).Run),
    ("processes", new ProcessesTable(duration).Run),
    ("signin", SignInTable.Run),
    ("rebuild", RebuildTable.Run),
    ("import", ImportTable.Run),
    ("messages", MessagesTable.Run),
    ("http", new HttpTable(duration).Run),
    ("inbound", new InboundTable(duration).Run),
    ("day", new DayTable(pace: null).Run),
    ("paced", new DayTable(pace: 40).Run),
    ("readers", new ReadersTable(duration).Run),
    ("webhooks", new WebhooksTable(duration).Run),
];
foreach (var (name, run) in tables)
{
    if (wanted == "all" || wanted == name)
    {
        await run();
    }
}
