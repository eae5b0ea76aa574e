using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;
using Mainstreet.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Http;

/// <summary>With logging turned up to everything, no secret is in the log: what people type, what they are given, and what the installation keeps.</summary>
public sealed partial class KeepingSecrets(KeepingSecrets.Product product) : IClassFixture<KeepingSecrets.Product>, IAsyncLifetime
{
    private const string Password = "a password that nobody else has";
    private const string Pin = "739184";

    private readonly ApiFixture api = product.Api;
    private WebhookReceiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await WebhookReceiver.Start();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        string[] secrets = [.. await OfAnAccount(), .. await OfABusiness(), .. OfTheInstallation()];
        secrets.ShouldAllBe(secret => secret.Length >= 6);
        product.Log.Lines.Count(line => line.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ShouldBeGreaterThan(100, "or there is nothing to see");
        secrets.SelectMany(secret => product.Log.Lines.Where(line => line.Contains(secret, StringComparison.Ordinal)).Take(1)).ShouldBeEmpty();
    }

    /// <summary>Passwords right and wrong, tokens of a session, the PIN, and codes from mails.</summary>
    private async Task<string[]> OfAnAccount()
    {
        var email = Starters.NewEmail("anna");
        var registered = api.SignedIn(await api.Guest.Post("/auth/register", new { email, password = Password, full_name = "Anna" }).Returns(201));
        var wrong = $"wrong {Guid.NewGuid()}";
        await api.Login(email, wrong).Refused(401, "invalid_credentials");
        var signedIn = api.SignedIn(await api.Login(email, Password).Returns(200));
        var next = api.SignedIn(await api.Refresh(signedIn.Refresh).Returns(200));
        await next.Session.Post("/auth/pin", new { password = Password, pin = Pin }).Returns(204);
        await next.Session.Post("/auth/step-up", new { pin = Pin }).Returns(200);
        await next.Session.Post("/auth/step-up", new { pin = "000111" }).Send();
        await api.As("a-token-that-somebody-made-up").Get("/auth/me").Refused(401, "invalid_token");
        await api.Guest.Post("/auth/password/forgot", new { email }).Returns(202);
        var code = await Mailed(email, "account.reset_password");
        var welcome = await Mailed(email, "account.verify_email");
        await api.Guest.Post("/auth/email/verify", new { token = welcome }).Returns(204);
        await api.Guest.Post("/auth/password/reset", new { token = code, new_password = $"{Password}, changed" }).Returns(204);
        await api.Guest.Post("/auth/password/reset", new { token = code, new_password = $"{Password}, changed" }).Refused(400, "mail_token_invalid");
        return [Password, wrong, Pin, "000111", "a-token-that-somebody-made-up", code, welcome, registered.Access, registered.Refresh, signedIn.Access, signedIn.Refresh, next.Access, next.Refresh];
    }

    /// <summary>Secrets of webhooks, sent with and without success, of an integration and of a key; what a guest follows an order by; and what went wrong on the way.</summary>
    private async Task<string[]> OfABusiness()
    {
        var shop = await api.NewBusiness(mode: "test");
        await shop.Owner.SteppedUp();
        var webhook = await shop.NewWebhook(receiver, ["*"]);
        var order = await api.Buy(shop, new Basket(new BasketLine(await shop.Sell())));
        await api.Guest.Get(order.GuestPath()).Returns(200);
        await api.Guest.Get($"/orders/{Guid.NewGuid()}?token={order.Token}").Refused(404, "not_found");
        var rotated = (await shop.Owner.Post($"{webhook.Path}/rotate-secret").Returns(200)).Json.GetProperty("secret").GetString()!;
        await shop.Owner.Post($"{webhook.Path}/test").Send();
        var invited = Starters.NewEmail("dora");
        await shop.Owner.Post("/business/team/invitations", new { email = invited, role = "cashier" }).Returns(201);
        var mails = await shop.Owner.Get($"/sandbox/outbox/messages?to={invited}").Until(answer => answer.Data.Length == 1);
        var invitation = Code().Match(mails.Data[0].GetProperty("text").GetString()!).Value;
        await api.Guest.Post("/auth/invitations/accept", new { token = invitation, full_name = "Dora", password = Password }).Returns(200);
        var bearer = $"bearer {Guid.NewGuid()}";
        object system = new { settings = new[] { new { name = "url", value = receiver.Url() } }, secrets = new[] { new { name = "token", value = bearer } } };
        await shop.Owner.Put("/business/integrations/custom_http", system).Returns(204);
        await shop.Owner.Put("/business/integrations/custom_http", system).IfMatch("\"v9\"").Refused(412, "stale_version");
        await shop.Owner.Post("/business/integrations/custom_http/test").Returns(202);
        await shop.Owner.Get("/business/integrations/custom_http").Until(answer => answer.Json.TryGetProperty("last_test", out _));
        var key = await api.NewKey(shop, "orders:read");
        await key.Program.Get("/business/orders").Returns(200);
        await key.Program.Get("/business/stock").Send();
        await api.Guest.Get("/business/orders").With("X-Api-Key", key.Text).Returns(200);
        var (refresh, access) = ($"refresh {Guid.NewGuid()}", $"access {Guid.NewGuid()}");
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = refresh, access_token = access, expires_in = 60 });
        await shop.Owner.Post($"{connection.Path}/verify").Returns(200);
        await shop.Connect("google", connection.Account, new { refresh_token = refresh }).Refused(409, "account_connected");
        return [webhook.Secret, rotated, order.Token, invitation, bearer, key.Text, refresh, access];
    }

    private string[] OfTheInstallation() =>
    [
        TestDatabase.MasterKey,
        Product.MetricsToken,
        api.Services.GetRequiredService<InstallationKeys>().RolePassword,
        TestDatabase.AppPassword,
    ];

    /// <summary>The code of a mail of the platform's.</summary>
    private async Task<string> Mailed(string email, string template)
    {
        var mails = await (await api.NewOperator()).Get($"/admin/sandbox/outbox/messages?to={email}").Until(answer => Of(answer).Length > 0);
        return Code().Match(Of(mails)[0]).Value;

        string[] Of(ApiAnswer answer) =>
            [.. answer.Data.Where(mail => mail.GetProperty("template").GetString() == template).Select(mail => mail.GetProperty("text").GetString()!)];
    }

    [GeneratedRegex("msm_[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    public sealed class Product : IAsyncLifetime
    {
        internal const string MetricsToken = "what-the-scraper-shows";

        public Product()
        {
            Api = new(hasDemo: false, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("Logging:Console:LogLevel:Default", "None"), ("Metrics:Token", MetricsToken)) { Log = Log };
        }

        internal Notes Log { get; } = new();

        internal ApiFixture Api { get; }

        public ValueTask InitializeAsync() => Api.InitializeAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }

    /// <summary>Everything that is logged, with its category, its values and its scopes.</summary>
    internal sealed class Notes : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull
            {
                lines.Enqueue($"{category}: {Values(state)}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{category}: {formatter(state, exception)} {Values(state)} {exception}");

            private static string Values(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : $"{state}";
        }
    }
}
