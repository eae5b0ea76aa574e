namespace Mainstreet.Domain.Webhooks;

public enum WebhookReplayStatus
{
    /// <summary>Events are filed, or wait for their receiver.</summary>
    Running,

    /// <summary>Each has been delivered, given up or canceled.</summary>
    Completed,
    Canceled,
}

/// <summary>What happened is sent to one endpoint once more: with the ids that it had, in the order of the log. Running -> completed | canceled.</summary>
public sealed record WebhookReplay(WebhookReplayId Id, WebhookEndpointId EndpointId, WebhookReplayStatus Status) : IAggregate<WebhookReplay, WebhookReplayEvent>
{
    /// <param name="head">The last position of the log.</param>
    /// <param name="others">Whether another one of the endpoint is running.</param>
    public static WebhookReplayEvent[] Request(
        WebhookReplayId id, WebhookEndpoint endpoint, long from, long to, long head, string[]? types, bool others, DateTimeOffset now)
    {
        Check.That(!endpoint.Deleted, WebhookEndpointErrors.NotFound);
        Check.That(endpoint.Enabled, WebhookEndpointErrors.Disabled);
        Check.That(from >= 1 && from <= to && to <= head, WebhookReplayErrors.Empty);
        Check.That(!others, WebhookReplayErrors.Running);
        return [new WebhookReplayRequested(id, endpoint.Id, from, to, types, now)];
    }

    public WebhookReplayEvent[] Complete(long filed, long delivered, long failed, DateTimeOffset now) =>
        Status is WebhookReplayStatus.Running ? [new WebhookReplayCompleted(Id, EndpointId, filed, delivered, failed, now)] : [];

    public WebhookReplayEvent[] Cancel(DateTimeOffset now) => Status switch
    {
        WebhookReplayStatus.Running => [new WebhookReplayCanceled(Id, EndpointId, now)],
        WebhookReplayStatus.Canceled => [],
        WebhookReplayStatus.Completed => throw new DomainException(DomainError.IllegalTransition("The replay", "completed", "cancel")),
    };

    public static WebhookReplay Evolve(WebhookReplay? replay, WebhookReplayEvent e) => (replay, e) switch
    {
        (null, WebhookReplayRequested requested) => new(requested.WebhookReplayId, requested.WebhookEndpointId, WebhookReplayStatus.Running),
        ({ }, WebhookReplayCompleted) => replay with { Status = WebhookReplayStatus.Completed },
        ({ }, WebhookReplayCanceled) => replay with { Status = WebhookReplayStatus.Canceled },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(replay is null ? "an empty stream" : "a replay")}."),
    };
}
