using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>
/// Sees to it that the connection has a good token before its present one expires, and to its own next time. What nobody can refresh waits for
/// somebody who connects it anew.
/// </summary>
[Message("token.refresh", Queues.BusinessProfiles)]
internal sealed record RefreshToken(ConnectionId ConnectionId) : IRequest<Committed>
{
    public static string DedupeKey(ConnectionId connection) => $"token.refresh/{connection}";
}

/// <summary>Uses the connection's token, and so has it refreshed where it is due. Errors as for <see cref="ITokenVault.AccessToken"/>.</summary>
public sealed record VerifyConnection(ConnectionId ConnectionId) : IRequest<ConnectionView>;

internal sealed class RefreshTokenHandler(ITokenVault vault, ILane lane, IMediator mediator) :
    IRequestHandler<RefreshToken, Committed>, IRequestHandler<VerifyConnection, ConnectionView>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task<Committed> Handle(RefreshToken command, CancellationToken cancellationToken)
    {
        try
        {
            await vault.AccessToken(command.ConnectionId, cancellationToken);
        }
        catch (Exception e) when (e is UnavailableException or DomainException)
        {
            // the connection says why
        }

        var id = command.ConnectionId.Value;
        return await lane.Run(
            streams => streams.Of<Connection>(id),
            (log, now) =>
            {
                if (log.Find<Connection>(id)?.RefreshAt is { } due)
                {
                    log.Schedule(command, due > now + Pause ? due : now + Pause, RefreshToken.DedupeKey(command.ConnectionId));
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    public async Task<ConnectionView> Handle(VerifyConnection command, CancellationToken cancellationToken)
    {
        await vault.AccessToken(command.ConnectionId, cancellationToken);
        return await mediator.Send(new GetConnection(command.ConnectionId), cancellationToken);
    }
}

internal sealed class TokensInTime : Policy
{
    public TokensInTime() : base("tokens_in_time") => On<ConnectionEstablished>(e => e.TokenExpiresAt is { } expires
        ? Schedule(new RefreshToken(e.ConnectionId), expires - Connection.RefreshBefore > e.At ? expires - Connection.RefreshBefore : e.At, RefreshToken.DedupeKey(e.ConnectionId))
        : null);
}
