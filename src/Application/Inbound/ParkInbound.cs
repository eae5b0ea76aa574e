using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>
/// Keeps what names an account that nobody has connected. Runs in the platform's tenant. Errors: inbound_malformed, account_missing (400); inbound_full (503).
/// </summary>
public sealed record ParkInbound(string Provider, InboundRequest Request) : IRequest<Unit>;

/// <summary>For operators, the newest first. Runs in the platform's tenant.</summary>
public sealed record ListParkedInbound(PageRequest Page, string? Provider, string? Account) : IRequest<Page<ParkedMessage>>;

/// <summary>Errors: not_found (404). Runs in the platform's tenant.</summary>
public sealed record DiscardParkedInbound(Guid ParkedId) : IRequest<Unit>;

/// <summary>What was told of an account before it was connected. Runs in the platform's tenant.</summary>
internal sealed record FindParked(string Provider, string Account) : IRequest<IReadOnlyList<Guid>>;

/// <summary>Null: it is not there any more. Runs in the platform's tenant.</summary>
internal sealed record ReadParked(Guid ParkedId) : IRequest<InboundRequest?>;

/// <summary>
/// Takes over what was told of the account before it was connected, as far as it is signed with the connection's secret. Twice: what came in while the
/// connection was being made may have been put aside just then.
/// </summary>
[Message("inbound.adopt")]
internal sealed record AdoptParked(ConnectionId ConnectionId, bool IsLast) : IRequest<Committed>
{
    public static string DedupeKey(ConnectionId connection) => $"inbound.adopt/{connection}";
}

internal sealed class ParkInboundHandler(InboundProviders providers, IParkedInbound parked, IReadStore reads) :
    IRequestHandler<ParkInbound, Unit>, IRequestHandler<ListParkedInbound, Page<ParkedMessage>>, IRequestHandler<DiscardParkedInbound, Unit>,
    IRequestHandler<FindParked, IReadOnlyList<Guid>>, IRequestHandler<ReadParked, InboundRequest?>
{
    public async Task<Unit> Handle(ParkInbound command, CancellationToken cancellationToken)
    {
        var provider = providers.Get(command.Provider);
        var account = provider.AccountOf(command.Request) ?? throw new DomainException(InboundErrors.AccountMissing);
        Check.That(account.Length <= Connection.LongestAccount, InboundErrors.Malformed);
        await parked.Keep(command.Provider, account, provider.Read(command.Request), command.Request, cancellationToken);
        return Unit.Value;
    }

    public async Task<Page<ParkedMessage>> Handle(ListParkedInbound query, CancellationToken cancellationToken)
    {
        var list = $"parked inbound {query.Provider} {query.Account}";
        var after = query.Page.After(list);
        var rows = await reads.List<ParkedMessage>(
            """
            select parked_id, provider, account, event_id, type, bytes, received_at from parked_inbound
             where (@provider::text is null or provider = @provider) and (@account::text is null or account = @account)
               and (@received_at::timestamptz is null or (received_at, parked_id) < (@received_at, @id))
             order by received_at desc, parked_id desc limit @rows
            """,
            new { query.Provider, query.Account, ReceivedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, message => [message.ReceivedAt, message.ParkedId]);
    }

    public async Task<Unit> Handle(DiscardParkedInbound command, CancellationToken cancellationToken)
    {
        Check.That(await parked.Remove(command.ParkedId, cancellationToken), InboundErrors.NotFound);
        return Unit.Value;
    }

    public Task<IReadOnlyList<Guid>> Handle(FindParked query, CancellationToken cancellationToken) => parked.Of(query.Provider, query.Account, cancellationToken);

    public Task<InboundRequest?> Handle(ReadParked query, CancellationToken cancellationToken) => parked.Find(query.ParkedId, cancellationToken);
}

internal sealed class AdoptParkedHandler(InboundProviders providers, ITenantScopes scopes, IInboundPayloads payloads, ILane lane, IMediator mediator)
    : IRequestHandler<AdoptParked, Committed>
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public async Task<Committed> Handle(AdoptParked command, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new ReadCredentials(command.ConnectionId), cancellationToken) is { } credentials)
        {
            var connection = await mediator.Send(new GetConnection(command.ConnectionId), cancellationToken);
            var provider = providers.Get(connection.Provider);
            foreach (var id in await scopes.Send(TenantId.Platform, new FindParked(connection.Provider, connection.Account), cancellationToken))
            {
                if (await scopes.Send(TenantId.Platform, new ReadParked(id), cancellationToken) is { } request && await provider.IsSigned(request, credentials, cancellationToken))
                {
                    await payloads.Keep(command.ConnectionId, connection.Provider, provider.Read(request), request.Body, cancellationToken);
                    await scopes.Send(TenantId.Platform, new DiscardParkedInbound(id), cancellationToken);
                }
            }
        }

        var stream = command.ConnectionId.Value;
        return command.IsLast ? new(0) : await lane.Run(
            streams => streams.Of<Connection>(stream),
            (log, now) =>
            {
                log.Schedule(command with { IsLast = true }, now + Later, AdoptParked.DedupeKey(command.ConnectionId));
                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }
}

internal sealed class ParkedInboundAdoption : Policy
{
    public ParkedInboundAdoption() : base("parked_inbound_adoption") =>
        On<ConnectionEstablished>(e => Schedule(new AdoptParked(e.ConnectionId, IsLast: false), e.At, AdoptParked.DedupeKey(e.ConnectionId)));
}
