using System.Threading.Channels;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Runs until the test lets it go.</summary>
[Message("test.hold")]
public sealed record Hold : IRequest<Committed>;

/// <summary>The same, in a queue of its own: a provider that does not answer.</summary>
[Message("test.hold_provider", Queues.AiGeneration)]
public sealed record HoldProvider : IRequest<Committed>;

public sealed class Holds
{
    private readonly Channel<bool> started = Channel.CreateUnbounded<bool>();
    private readonly Channel<DomainException?> released = Channel.CreateUnbounded<DomainException?>();
    private int running;

    public int Running => running;

    public async Task Started() => await started.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => released.Writer.TryWrite(null);

    /// <summary>The run ends with a refusal, which is never tried again.</summary>
    public void Refuse() => released.Writer.TryWrite(new(new("told_to_refuse", "The test wants it so.")));

    public async Task Run(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        started.Writer.TryWrite(true);
        var refusal = await released.Reader.ReadAsync(cancellationToken);
        Interlocked.Decrement(ref running);
        if (refusal is not null)
        {
            throw refusal;
        }
    }
}

internal sealed class HoldHandler(Holds holds) : IRequestHandler<Hold, Committed>, IRequestHandler<HoldProvider, Committed>
{
    public Task<Committed> Handle(HoldProvider command, CancellationToken cancellationToken) => Handle(new Hold(), cancellationToken);

    public async Task<Committed> Handle(Hold command, CancellationToken cancellationToken)
    {
        await holds.Run(cancellationToken);
        return new Committed(0);
    }
}

public sealed record ScheduleHold(DateTimeOffset DueAt) : IRequest<Committed>;

internal sealed class ScheduleHoldHandler(ILane lane) : IRequestHandler<ScheduleHold, Committed>
{
    public Task<Committed> Handle(ScheduleHold command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, _) =>
        {
            log.Schedule(new Hold(), command.DueAt, "hold");
            return new Committed(0);
        },
        cancellationToken);
}

public sealed record ScheduleProviderHolds(int Count) : IRequest<Committed>;

internal sealed class ScheduleProviderHoldsHandler(ILane lane) : IRequestHandler<ScheduleProviderHolds, Committed>
{
    public Task<Committed> Handle(ScheduleProviderHolds command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            for (var i = 0; i < command.Count; i++)
            {
                log.Schedule(new HoldProvider(), now);
            }

            return new Committed(0);
        },
        cancellationToken);
}
