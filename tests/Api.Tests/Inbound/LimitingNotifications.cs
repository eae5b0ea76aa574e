using Mainstreet.Api.Tests.Connections;
using static Mainstreet.Api.Tests.Inbound.InboundStarters;

namespace Mainstreet.Api.Tests.Inbound;

/// <summary>A provider's burst is let through where a guest's would not be; what is not signed counts as a guest's.</summary>
public sealed class LimitingNotifications(LimitingNotifications.Product product) : IClassFixture<LimitingNotifications.Product>
{
    [Fact]
    public async Task A_burst_that_is_signed_passes_and_a_flood_that_is_not_does_not()
    {
        var api = product.Api;
        var shop = await api.NewBusiness();
        var (connection, other) = (await shop.NewConnection(), await shop.NewConnection());
        for (var i = 0; i < 20; i++)
        {
            await api.Told(connection);
        }

        await api.Tell(connection.WebhookPath, StripeEvent(NewEventId(), "x", connection.Account)).Refused(429, "rate_limited");
        await api.Told(other);
        await api.Tell(other.WebhookPath, "{}", "guess").Refused(401, "signature_invalid");
        for (var i = 0; i < 25; i++)
        {
            await api.Tell(other.WebhookPath, "{}", "guess").Send();
        }

        await api.Tell(other.WebhookPath, "{}", "guess").Refused(429, "rate_limited");
        await api.Told(other); // the provider calls from where the flood comes from, and is still heard
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; } = new(
            hasDemo: false, ("Limits:Inbound:Requests", "20"), ("Limits:Inbound:Window", "1.00:00:00"), ("Limits:Guest:Requests", "25"), ("Limits:Guest:Window", "1.00:00:00"));

        public ValueTask InitializeAsync() => Api.InitializeAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
