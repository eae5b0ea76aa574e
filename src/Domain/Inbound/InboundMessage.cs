namespace Mainstreet.Domain.Inbound;

public enum InboundStatus
{
    /// <summary>It is kept, and about to be processed.</summary>
    Received,

    /// <summary>It could not be processed, and is tried again.</summary>
    Failed,

    /// <summary>Put back by somebody, it is tried again.</summary>
    Redriven,
    Processed,

    /// <summary>Nothing follows from it.</summary>
    Ignored,

    /// <summary>It was given up, and waits for somebody.</summary>
    Dead,

    /// <summary>Nobody wants it any more. What it carried is gone.</summary>
    Discarded,
}

/// <summary>
/// Something a provider told (INT-01): received -> processed | ignored | failed(n) -> dead -> redriven | discarded. Its id follows from what the provider
/// calls it, so told again it is the same one, however much later. Five attempts, 1, 2, 4 and 8 seconds apart (INT-02).
/// </summary>
public sealed record InboundMessage(InboundMessageId Id, ConnectionId ConnectionId, string Provider, string Type, InboundStatus Status, int Attempts = 0)
    : IAggregate<InboundMessage, InboundEvent>
{
    public const int MostAttempts = 5;

    /// <summary>Whether it is to be processed.</summary>
    public bool Waits => Status is InboundStatus.Received or InboundStatus.Failed or InboundStatus.Redriven;

    public static InboundMessageId IdOf(ConnectionId connection, string providerEventId) => new(Uuid.Named("inbound", connection.ToString(), providerEventId));

    /// <param name="hasEffect">Whether something followed from it.</param>
    /// <param name="now">When.</param>
    public InboundEvent[] Finish(bool hasEffect, DateTimeOffset now) => !Waits ? [] : hasEffect ? [new InboundProcessed(Id, now)] : [new InboundIgnored(Id, now)];

    public InboundEvent[] Fail(string error, DateTimeOffset now)
    {
        var attempt = Attempts + 1;
        return !Waits ? []
            : attempt < MostAttempts ? [new InboundFailed(Id, Provider, attempt, error, now + TimeSpan.FromSeconds(1 << Attempts), now)]
            : [new InboundDeadLettered(Id, ConnectionId, Provider, Type, attempt, error, now)];
    }

    /// <summary>With five attempts more. Errors: illegal_transition (409).</summary>
    public InboundEvent[] Redrive(DateTimeOffset now)
    {
        Check.That(Status is InboundStatus.Dead, NotPossible("redrive"));
        return [new InboundRedriven(Id, Provider, now)];
    }

    /// <summary>Errors: illegal_transition (409).</summary>
    public InboundEvent[] Discard(DateTimeOffset now)
    {
        Check.That(Status is InboundStatus.Dead or InboundStatus.Failed, NotPossible("discard"));
        return [new InboundDiscarded(Id, now)];
    }

    public static InboundMessage Evolve(InboundMessage? message, InboundEvent e) => (message, e) switch
    {
        (null, InboundReceived received) => new(received.InboundMessageId, received.ConnectionId, received.Provider, received.Type, InboundStatus.Received),
        ({ }, InboundProcessed) => message with { Status = InboundStatus.Processed },
        ({ }, InboundIgnored) => message with { Status = InboundStatus.Ignored },
        ({ }, InboundFailed failed) => message with { Status = InboundStatus.Failed, Attempts = failed.Attempt },
        ({ }, InboundDeadLettered dead) => message with { Status = InboundStatus.Dead, Attempts = dead.Attempts },
        ({ }, InboundRedriven) => message with { Status = InboundStatus.Redriven, Attempts = 0 },
        ({ }, InboundDiscarded) => message with { Status = InboundStatus.Discarded },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(message is null ? "an empty stream" : message.Status)}."),
    };

    private DomainError NotPossible(string step) => DomainError.IllegalTransition("The inbound message", Status.ToString().ToLowerInvariant(), step, Status switch
    {
        InboundStatus.Dead => ["redrive", "discard"],
        InboundStatus.Failed => ["discard"],
        _ => [],
    });
}
