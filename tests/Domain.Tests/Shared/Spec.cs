using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Domain.Tests;

/// <summary>Given past events, when a decision is made, then exactly these events follow or this error is thrown.</summary>
public sealed class Spec<TAggregate, TEvent>
    where TAggregate : class, IAggregate<TAggregate, TEvent>
    where TEvent : class, IEvent
{
    private TAggregate? state;
    private Func<TEvent[]> decision = () => [];

    public Spec<TAggregate, TEvent> Given(params TEvent[] events)
    {
        state = events.Aggregate(state, TAggregate.Evolve);
        return this;
    }

    public Spec<TAggregate, TEvent> When(Func<TAggregate, TEvent[]> decide)
    {
        decision = () => decide(state ?? throw new InvalidOperationException("Given() names no events."));
        return this;
    }

    public Spec<TAggregate, TEvent> WhenNew(Func<TEvent[]> decide)
    {
        decision = decide;
        return this;
    }

    /// <summary>Compares the stored JSON, so that arrays inside events are compared by value, and folds what was decided.</summary>
    public TAggregate Then(params TEvent[] expected)
    {
        var actual = decision();
        actual.Select(Stored).ShouldBe(expected.Select(Stored));
        return actual.Aggregate(state, TAggregate.Evolve)!;
    }

    public void ThenNothing() => Then();

    public DomainError ThenRejected(string code)
    {
        var error = Should.Throw<DomainException>(() => decision()).Error;
        error.Code.ShouldBe(code);
        return error;
    }

    private static string Stored(TEvent e) => e.GetType().Name + JsonSerializer.Serialize(e, e.GetType(), EventJson.Options);
}
