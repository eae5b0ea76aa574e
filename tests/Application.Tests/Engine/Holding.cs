using System.Threading.Channels;
using MediatR;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Runs until the test lets it go.</summary>
[Message("test.hold")]
public sealed record Hold : IRequest<Committed>;

public sealed class Holds
{
    private readonly Channel<bool> started = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> released = Channel.CreateUnbounded<bool>();
    private int running;

    public int Running => running;

    public async Task Started() => await started.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => released.Writer.TryWrite(true);

    public async Task Run(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        started.Writer.TryWrite(true);
        await released.Reader.ReadAsync(cancellationToken);
        Interlocked.Decrement(ref running);
    }
}

internal sealed class HoldHandler(Holds holds) : IRequestHandler<Hold, Committed>
{
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
