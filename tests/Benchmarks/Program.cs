using Mainstreet.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [append|lag|all] [seconds per measurement]
// Prints tables and asserts nothing: these figures depend on the machine, so each stands beside the raw ceiling of the same run.
var table = args.ElementAtOrDefault(0) ?? "all";
var seconds = double.Parse(args.ElementAtOrDefault(1) ?? "4", System.Globalization.CultureInfo.InvariantCulture);
await using var bench = await Bench.Start();
if (table is "lag" or "all")
{
    await new LagTable(bench).Run();
}

if (table is "append" or "all")
{
    await new AppendTable(bench, TimeSpan.FromSeconds(seconds)).Run();
}
