using MediatR;

namespace Mainstreet.Application.Events;

/// <summary>
/// After a restore of an earlier state: from now on a reader that says which epoch it read in, and has seen more than was
/// restored, is told so by position_gone (410), even when the logs have grown past its position.
/// </summary>
public sealed record BeginLogEpoch : IRequest<LogEpoch>;

/// <param name="Epoch">Microseconds since 1970, so that no restore gives a number twice.</param>
/// <param name="Tenants">How many logs it has begun in: all.</param>
public sealed record LogEpoch(long Epoch, long Tenants);

internal sealed class BeginLogEpochHandler(ILogEpochs epochs) : IRequestHandler<BeginLogEpoch, LogEpoch>
{
    public Task<LogEpoch> Handle(BeginLogEpoch command, CancellationToken cancellationToken) => epochs.Begin(cancellationToken);
}
