using System.Diagnostics;
using System.Text.RegularExpressions;
using Mainstreet.Infrastructure.Postgres;

namespace Mainstreet.Benchmarks;

/// <summary>The product as it is deployed, beside a private PostgreSQL that syncs to disk.</summary>
internal sealed partial class ProductProcess : IDisposable
{
    private readonly EmbeddedPostgres database;
    private readonly Process api;

    private ProductProcess(EmbeddedPostgres database, Process api) => (this.database, this.api) = (database, api);

    public Uri Address { get; private set; } = null!;

    /// <summary>As its owner.</summary>
    public string Database => database.ConnectionString;

    /// <param name="settings">Beside those that every measurement needs.</param>
    public static async Task<ProductProcess> Start(params (string Name, string Value)[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"mainstreet-bench-{Guid.NewGuid():N}");
        var server = await EmbeddedPostgres.StartAsync(new() { Directory = folder, Durable = true }, CancellationToken.None);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mainstreet.Api.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Testing",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["ConnectionStrings__Mainstreet"] = server.ConnectionString,
                ["Data__Directory"] = folder,
                ["Limits__User__Requests"] = "10000000",
                ["Limits__Guest__Requests"] = "10000000",
                ["Limits__Business__Requests"] = "10000000",
                ["Limits__Storefront__Requests"] = "10000000",
                ["Limits__Inbound__Requests"] = "10000000",
                ["Limits__InboundAddress__Requests"] = "10000000",
                ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
                ["Security__MasterKey"] = Convert.ToBase64String(new byte[32]),
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var product = new ProductProcess(server, process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                product.Address = new(match.Value);
                _ = process.StandardOutput.ReadToEndAsync(); // nobody waits for a full pipe
                return product;
            }
        }

        throw new InvalidOperationException("The process ended before it listened.");
    }

    public void Dispose()
    {
        api.Kill();
        api.Dispose();
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [GeneratedRegex(@"(?<=Now listening on: )http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
