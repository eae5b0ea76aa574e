using Mainstreet.Api.Tests.Connections;
using static Mainstreet.Api.Tests.Inbound.InboundStarters;

namespace Mainstreet.Api.Tests.Inbound;

/// <summary>A product of its own, because the room of the network that all tests come from is filled.</summary>
public sealed class ParkingFromOneNetwork(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task One_network_does_not_fill_the_room_for_what_nobody_has_connected()
    {
        const string shared = "/api/v1/webhooks/stripe";
        await api.Tell(shared, StripeEvent(NewEventId(), "x", ConnectionStarters.NewAccount())).Returns(200);
        var database = new WholeDatabase(api.Database);
        await database.Texts($"""
            insert into parked_inbound (tenant_id, parked_id, provider, account, event_id, type, bytes, sealed, network)
            select tenant_id, gen_random_uuid(), provider, i::text, event_id, type, bytes, sealed, network from parked_inbound, generate_series(1, 1999) i returning event_id
            """);
        await api.Tell(shared, StripeEvent(NewEventId(), "x", ConnectionStarters.NewAccount())).Refused(503, "inbound_full");
        await database.Texts("update parked_inbound set network = '192.0.2.0/24' returning event_id");
        await api.Tell(shared, StripeEvent(NewEventId(), "x", ConnectionStarters.NewAccount())).Returns(200);
    }
}
