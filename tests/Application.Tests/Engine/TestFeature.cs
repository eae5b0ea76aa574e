using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What arrived in a tenant's stock, per day: a projection across streams, to test the machinery with.</summary>
public sealed record Arrivals([property: Key] DateOnly Day, int Items, decimal Quantity);

public sealed class ArrivalsProjection : Projection<Arrivals>
{
    public ArrivalsProjection() : base("test_arrivals", version: 1)
    {
        On<StockItemOpened>(e => Empty(e.At), (day, _) => day with { Items = day.Items + 1 });
        On<StockReceived>(e => Empty(e.At), (day, e) => day with { Quantity = day.Quantity + e.Quantity });
    }

    private static Arrivals Empty(DateTimeOffset at) => new(DateOnly.FromDateTime(at.UtcDateTime), 0, 0);
}

/// <summary>One row per item, written in the commit.</summary>
public sealed record ItemCount([property: Key] VariantId Id, int Events);

public sealed class ItemCountProjection : Projection<ItemCount>
{
    public ItemCountProjection() : base("test_item_count", version: 1, inline: true)
    {
        On<StockItemOpened>(e => new(e.VariantId, 0), (item, _) => item with { Events = item.Events + 1 });
        On<StockReceived>(e => new(e.VariantId, 0), (item, _) => item with { Events = item.Events + 1 });
    }
}

/// <summary>Cannot fold an arrival of 13.</summary>
public sealed class SuperstitiousProjection : Projection<ItemCount>
{
    public SuperstitiousProjection() : base("test_superstitious", version: 1) =>
        On<StockReceived>(
            e => new(e.VariantId, 0),
            (item, e) => e.Quantity == 13 ? throw new InvalidOperationException("thirteen") : item with { Events = item.Events + 1 });
}

/// <summary>Receives a quantity into an item: what the tests schedule.</summary>
[Message("test.receive")]
public sealed record Receive(Guid Variant, decimal Quantity) : IRequest<Committed>;

internal sealed class ReceiveHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<Receive, Committed>
{
    public Task<Committed> Handle(Receive command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.Variant, null, item => item.Receive(command.Quantity, null, null, clock.GetUtcNow()), cancellationToken);
}

/// <summary>Fails as often as it is told to.</summary>
[Message("test.fail")]
public sealed record Fail(int Times) : IRequest<Committed>;

public sealed class Failures
{
    private int runs;

    public int Run() => Interlocked.Increment(ref runs);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, byte> failed = new();

    public bool IsFirst(Guid id) => failed.TryAdd(id, 0);
}

/// <summary>Fails the first time.</summary>
[Message("test.fail_once")]
public sealed record FailOnce(Guid Id) : IRequest<Committed>;

internal sealed class FailOnceHandler(Failures failures) : IRequestHandler<FailOnce, Committed>
{
    public Task<Committed> Handle(FailOnce command, CancellationToken cancellationToken) =>
        failures.IsFirst(command.Id) ? throw new InvalidOperationException("told to fail") : Task.FromResult(new Committed(0));
}

public sealed record ScheduleFailOnce(DateTimeOffset DueAt) : IRequest<Committed>;

internal sealed class ScheduleFailOnceHandler(ILane lane) : IRequestHandler<ScheduleFailOnce, Committed>
{
    public Task<Committed> Handle(ScheduleFailOnce command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, _) =>
        {
            log.Schedule(new FailOnce(Uuid.New()), command.DueAt);
            return new Committed(0);
        },
        cancellationToken);
}

/// <summary>Receives something, which has the policy send the next link an hour later.</summary>
[Message("test.receive_chain")]
public sealed record ReceiveChain(Guid Variant, int Links) : IRequest<Committed>;

internal sealed class ReceiveChainHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ReceiveChain, Committed>
{
    public Task<Committed> Handle(ReceiveChain command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.Variant, null, item => item.Receive(1, null, ChainPolicy.Reference(command.Links), clock.GetUtcNow()), cancellationToken);
}

public sealed class ChainPolicy : Policy
{
    private const string Prefix = "chain:";

    public ChainPolicy() : base("test_chain") => On<StockReceived>(e => Links(e.Reference) is > 0 and var links
        ? Schedule(new ReceiveChain(e.VariantId.Value, links - 1), e.At.AddHours(1))
        : null);

    public static string Reference(int links) => Prefix + links;

    private static int Links(string? reference) =>
        reference?.StartsWith(Prefix, StringComparison.Ordinal) == true ? int.Parse(reference.AsSpan(Prefix.Length)) : 0;
}

internal sealed class FailHandler(Failures failures) : IRequestHandler<Fail, Committed>
{
    public Task<Committed> Handle(Fail command, CancellationToken cancellationToken) =>
        failures.Run() <= command.Times ? throw new InvalidOperationException("told to fail") : Task.FromResult(new Committed(0));
}

/// <summary>Schedules another message through the lane, as a feature would.</summary>
public sealed record ScheduleReceive(Guid Variant, decimal Quantity, DateTimeOffset DueAt, string? DedupeKey = null, TenantId? Tenant = null) : IRequest<Committed>;

internal sealed class ScheduleReceiveHandler(ILane lane) : IRequestHandler<ScheduleReceive, Committed>
{
    public Task<Committed> Handle(ScheduleReceive command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, _) =>
        {
            if (command.Tenant is { } tenant)
            {
                log.Send(tenant, new Receive(command.Variant, command.Quantity));
            }
            else
            {
                log.Schedule(new Receive(command.Variant, command.Quantity), command.DueAt, command.DedupeKey);
            }

            return new Committed(0);
        },
        cancellationToken);
}

public sealed record ScheduleFail(int Times, DateTimeOffset DueAt) : IRequest<Committed>;

internal sealed class ScheduleFailHandler(ILane lane) : IRequestHandler<ScheduleFail, Committed>
{
    public Task<Committed> Handle(ScheduleFail command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, _) =>
        {
            log.Schedule(new Fail(command.Times), command.DueAt);
            return new Committed(0);
        },
        cancellationToken);
}

/// <summary>Takes away what is there, in the lane: a second time there is too little.</summary>
public sealed record TakeAll(Guid Variant, decimal Quantity) : IRequest<Committed>;

internal sealed class TakeAllHandler(ILane lane) : IRequestHandler<TakeAll, Committed>
{
    public Task<Committed> Handle(TakeAll command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<StockItem>(command.Variant),
        (log, now) =>
        {
            log.Append<StockItem, StockEvent>(command.Variant, log.Get<StockItem>(command.Variant).Adjust(-command.Quantity, "taken", now));
            return new Committed(log.Version(command.Variant));
        },
        cancellationToken);
}

/// <summary>Receives something every day: work that recurs.</summary>
[Message("test.receive_daily")]
public sealed record ReceiveDaily(Guid Variant) : IRequest<Committed>;

internal sealed class ReceiveDailyHandler(ILane lane) : IRequestHandler<ReceiveDaily, Committed>
{
    public Task<Committed> Handle(ReceiveDaily command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<StockItem>(command.Variant),
        (log, now) =>
        {
            log.Append<StockItem, StockEvent>(command.Variant, log.Get<StockItem>(command.Variant).Receive(1, null, null, now));
            log.Schedule(command, now.AddDays(1), "receive_daily:" + command.Variant);
            return new Committed(log.Version(command.Variant));
        },
        cancellationToken);
}
