using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>
/// Everything one request or message carries through its scope: for whom, by whom, under which command id, and what its
/// reads must have seen. One per dependency injection scope; the edge (HTTP, message worker) fills it in first.
/// </summary>
public sealed class RequestContext : ITenantContext
{
    public TenantId Tenant { get; set; }

    public bool IsSandbox { get; set; }

    /// <summary>The moved clock of a test tenant; null where the wall clock holds.</summary>
    public DateTimeOffset? FrozenNow { get; set; }

    /// <summary>
    /// When that took place which this scope writes down afterwards: decisions take it for now, in steps elsewhere too. The log's
    /// recorded_at stays the time of the commit. Null: it takes place now.
    /// </summary>
    public DateTimeOffset? OccurredAt { get; set; }

    public Actor Actor { get; set; } = Actor.System;

    /// <summary>What the present work is for, its steps elsewhere included: decides in which states of a business it is let through.</summary>
    public Purpose Purpose { get; set; }

    public Guid CorrelationId { get; set; } = Uuid.New();

    public Guid? CausationId { get; set; }

    public string? RequestId { get; set; }

    public string? TraceParent { get; set; }

    /// <summary>From where the request comes: the address, cut off so that it names no person.</summary>
    public string? Network { get; set; }

    /// <summary>The command's name for the envelope: the name of the MediatR request.</summary>
    public string Command { get; set; } = "";

    /// <summary>
    /// The id under which the commit of this scope is remembered: from the Idempotency-Key or the message. Null: a
    /// random one.
    /// </summary>
    public Guid? CommandId { get; set; }

    Guid ITenantContext.CommandId => CommandId ?? throw new InvalidOperationException("A query has no command id.");

    /// <summary>SHA-256 of method, route and body, where the caller sent an Idempotency-Key.</summary>
    public byte[]? Fingerprint { get; set; }

    /// <summary>Set when the answer, here or in the last step elsewhere, was made by an earlier request with the same key.</summary>
    public bool Replayed { get; set; }

    /// <summary>Set when the request is only tried: commits are rolled back, and what they would have done is collected here.</summary>
    public DryRun? DryRun { get; set; }

    /// <summary>Set where reads are of the past: the views answer as they would have then.</summary>
    public Moment? AsOf { get; set; }

    /// <summary>Reads wait until their projections have reached this position.</summary>
    public long? MinPosition { get; set; }

    /// <summary>How long reads wait at most for <see cref="MinPosition"/>.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The position up to which the views of the last read were folded.</summary>
    public long? ProjectionPosition { get; set; }

    public string? ProjectionVersion { get; set; }

    /// <summary>The message whose removal is part of this scope's commit.</summary>
    internal Messaging.ClaimedMessage? Message { get; set; }

    /// <summary>The message in whose run this scope is a step of its own.</summary>
    internal Messaging.ClaimedMessage? StepOf { get; set; }

    /// <summary>Whether this scope has committed. One command is one commit; further steps run in scopes of their own.</summary>
    internal bool HasCommitted { get; private set; }

    internal void BeginCommit()
    {
        if (HasCommitted)
        {
            throw new InvalidOperationException($"{Command} commits twice: send the second step through ITenantScopes.");
        }

        CommandId ??= Uuid.New();
    }

    internal void EndCommit() => (HasCommitted, Replayed) = (true, false);
}
