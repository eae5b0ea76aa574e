using System.Security.Cryptography;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Inbound;

/// <inheritdoc />
internal sealed class ParkedInbound(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : IParkedInbound
{
    private const int MostOfAnAccount = 1_000;
    private const int MostOfANetwork = 2_000;
    private const int Most = 10_000;
    private const int MostBytes = 64 * 1024;

    public async Task Keep(string provider, string account, InboundNotification notification, InboundRequest request, CancellationToken cancellationToken)
    {
        var id = IdOf(provider, request);
        var kept = request.Body.Length <= MostBytes ? await database.Rows<Guid>(
            TenantId.Platform,
            """
            with known as (select parked_id from parked_inbound where tenant_id = @tenant and parked_id = @id),
            added as (
              insert into parked_inbound (tenant_id, parked_id, provider, account, event_id, type, bytes, sealed, network)
              select @tenant, @id, @provider, @account, @event_id, @type, @bytes, @sealed, @network
               where (select count(*) from (select from parked_inbound where tenant_id = @tenant and provider = @provider and account = @account limit @most_of_an_account) of) < @most_of_an_account
                 and (select count(*) from (select from parked_inbound where tenant_id = @tenant and network = @network limit @most_of_a_network) of) < @most_of_a_network
                 and (select count(*) from (select from parked_inbound where tenant_id = @tenant limit @most) of) < @most
              on conflict do nothing returning parked_id)
            select parked_id from known union select parked_id from added
            """,
            new
            {
                Tenant = TenantId.Platform,
                id,
                provider,
                account,
                notification.EventId,
                notification.Type,
                Bytes = request.Body.Length,
                Sealed = secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(request, StoredJson.Options), Purpose(id)),
                Network = context.Network ?? "",
                MostOfAnAccount,
                MostOfANetwork,
                Most,
            },
            cancellationToken) : [];
        if (kept is [])
        {
            throw new UnavailableException("inbound_full", "Nobody has connected this account, and there is no room for more of it, or from where this comes.", TimeSpan.FromHours(1));
        }
    }

    public Task<IReadOnlyList<Guid>> Of(string provider, string account, CancellationToken cancellationToken) => database.Rows<Guid>(
        TenantId.Platform, "select parked_id from parked_inbound where tenant_id = @tenant and provider = @provider and account = @account order by received_at, parked_id",
        new { Tenant = TenantId.Platform, provider, account }, cancellationToken);

    public async Task<InboundRequest?> Find(Guid id, CancellationToken cancellationToken) =>
        await database.Rows<string>(
            TenantId.Platform, "select sealed from parked_inbound where tenant_id = @tenant and parked_id = @id", new { Tenant = TenantId.Platform, id }, cancellationToken) is [var kept]
            ? JsonSerializer.Deserialize<InboundRequest>(secrets.Open(kept, Purpose(id)), StoredJson.Options)
            : null;

    public async Task<bool> Remove(Guid id, CancellationToken cancellationToken) => await database.Rows<Guid>(
        TenantId.Platform, "delete from parked_inbound where tenant_id = @tenant and parked_id = @id returning parked_id",
        new { Tenant = TenantId.Platform, id }, cancellationToken) is not [];

    /// <summary>Of the whole request, for none of it is verified: whoever uses the event id of another one, or its body, must not take its place.</summary>
    private static Guid IdOf(string provider, InboundRequest request) => Uuid.Named(
        "parked inbound", provider, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with { ReceivedAt = default }, StoredJson.Options))));

    private static string Purpose(Guid id) => $"parked-inbound:{id}";
}
