using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.ApiKeys;

/// <summary>A key is shown once, and is to be found nowhere afterwards. With a product of its own, whose every log line is read.</summary>
public sealed class KeepingASecret
{
    [Fact]
    public async Task No_key_stands_in_the_database_or_the_logs()
    {
        await using var product = new ApiFixture(hasDemo: false, [.. ((string[])["Mainstreet", "Microsoft", "System", "Npgsql"]).Select(name => ($"Logging:LogLevel:{name}", "Trace"))]);
        await product.InitializeAsync();
        using var lines = new Lines();
        product.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        var shop = await product.NewBusiness();
        var created = await shop.Owner.Post("/business/api-keys", new { scopes = new[] { "orders:read" } }).Key("create").Returns(201);
        var key = product.Key(created);
        var rotated = (await shop.Owner.Post($"{key.Path}/rotate").Key("rotate").Returns(200)).Shown();
        var publishable = await product.NewPublishableKey(shop);
        foreach (var text in (string[])[key.Text, rotated, publishable.Text])
        {
            await product.As(text).Get("/business/orders").Send();
            await product.Guest.Get("/business/products").With("X-Api-Key", text).Send();
            await product.As(text).Get("/business/orders?limit=0").Send();
        }

        var rows = string.Join('\n', await new WholeDatabase(product.Database).RowsOf(shop.Id, []));
        rows.ShouldContain("api_key.rotated.v1");
        rows.ShouldContain("sealed_key"); // in the answers stored
        var logged = string.Join('\n', lines.All);
        logged.ShouldContain("/api/v1/business/orders"); // else the logs were not read
        foreach (var text in (string[])[key.Text, rotated, publishable.Text])
        {
            var secret = text[55..90]; // of the random bytes
            rows.ShouldNotContain(secret);
            rows.ShouldNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Case.Insensitive);
            logged.ShouldNotContain(secret);
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            All.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
