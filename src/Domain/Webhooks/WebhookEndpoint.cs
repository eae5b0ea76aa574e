namespace Mainstreet.Domain.Webhooks;

/// <summary>
/// Where an integrator receives events. Enabled &lt;-> degraded -> disabled -> enabled, and deleted for good: a deleted one is not found. Secrets are
/// encrypted by the caller. Requirements 11.15, D9.
/// </summary>
public sealed record WebhookEndpoint(
    WebhookEndpointId Id,
    WebhookEndpointSettings Settings,
    bool Enabled,
    bool Degraded,
    bool Deleted,
    string EncryptedSecret,
    string? PreviousEncryptedSecret,
    DateTimeOffset? PreviousValidUntil) : IAggregate<WebhookEndpoint, WebhookEndpointEvent>
{
    /// <summary>The public type of the sample that is sent to try a receiver. Nothing is recorded under it.</summary>
    public const string TestEventType = "webhook_endpoint.test";

    /// <summary>How many a business has: what happens is filed for each of them.</summary>
    public const int Most = 50;

    /// <summary>How long messages carry both signatures after a rotation.</summary>
    public static readonly TimeSpan RotationOverlap = TimeSpan.FromHours(24);

    /// <summary><paramref name="httpAllowed"/>: the business is a test one, or this is a development machine.</summary>
    public static WebhookEndpointEvent[] Create(WebhookEndpointId id, WebhookEndpointSettings settings, string encryptedSecret, bool httpAllowed, DateTimeOffset now)
    {
        settings.Validate(httpAllowed);
        Check.That(!string.IsNullOrEmpty(encryptedSecret), WebhookEndpointErrors.SecretMissing);
        return [new WebhookEndpointCreated(id, settings, encryptedSecret, now)];
    }

    public WebhookEndpointEvent[] Update(WebhookEndpointSettings settings, bool httpAllowed, DateTimeOffset now)
    {
        RequirePresent();
        settings.Validate(httpAllowed);
        return settings.SameAs(Settings) ? [] : [new WebhookEndpointUpdated(Id, settings, now)];
    }

    /// <param name="position">With <see cref="WebhookResume.Position"/>; what is to be sent again from there is a replay.</param>
    public WebhookEndpointEvent[] Enable(WebhookResume resumeFrom, long? position, DateTimeOffset now)
    {
        RequirePresent();
        Check.That(!Enabled || resumeFrom is WebhookResume.LastAcked, WebhookEndpointErrors.EnabledAlready);
        return Enabled ? [] : [new WebhookEndpointEnabled(Id, resumeFrom, position, now)];
    }

    public WebhookEndpointEvent[] Disable(DisableReason reason, DateTimeOffset now)
    {
        RequirePresent();
        return Enabled ? [new WebhookEndpointDisabled(Id, reason, now)] : [];
    }

    /// <summary>It fails for so long that somebody has to know.</summary>
    public WebhookEndpointEvent[] Degrade(DateTimeOffset failingSince, DateTimeOffset now) => Enabled && !Degraded ? [new WebhookEndpointDegraded(Id, failingSince, now)] : [];

    public WebhookEndpointEvent[] Recover(DateTimeOffset now) => Degraded ? [new WebhookEndpointRecovered(Id, now)] : [];

    /// <summary>A message was given up. Those about endpoints themselves are not reported: they would be sent to whom they report.</summary>
    public WebhookEndpointEvent[] Exhaust(WebhookDeliveryExhausted exhausted) =>
        Deleted || exhausted.EventType.StartsWith("webhook_endpoint.", StringComparison.Ordinal) ? [] : [exhausted];

    public WebhookEndpointEvent[] Delete(DateTimeOffset now) => Deleted ? [] : [new WebhookEndpointDeleted(Id, now)];

    public WebhookEndpointEvent[] RotateSecret(string encryptedSecret, DateTimeOffset now)
    {
        RequirePresent();
        Check.That(!string.IsNullOrEmpty(encryptedSecret), WebhookEndpointErrors.SecretMissing);
        return encryptedSecret == EncryptedSecret ? [] : [new WebhookEndpointSecretRotated(Id, encryptedSecret, now + RotationOverlap, now)];
    }

    /// <summary>
    /// Whether an event of this public type, such as <c>order.placed</c>, is meant for here; also while disabled, because a
    /// disabled endpoint loses nothing.
    /// </summary>
    public bool Matches(string publicEventType) => Settings.Matches(publicEventType);

    /// <summary>The encrypted secrets to sign with, the newest first.</summary>
    public string[] SecretsAt(DateTimeOffset now) =>
        PreviousEncryptedSecret is { } previous && now < PreviousValidUntil ? [EncryptedSecret, previous] : [EncryptedSecret];

    public static WebhookEndpoint Evolve(WebhookEndpoint? endpoint, WebhookEndpointEvent e) => (endpoint, e) switch
    {
        (null, WebhookEndpointCreated created) => new(created.WebhookEndpointId, created.Settings, Enabled: true, Degraded: false, Deleted: false, created.EncryptedSecret, null, null),
        ({ }, WebhookEndpointUpdated updated) => endpoint with { Settings = updated.Settings },
        ({ }, WebhookEndpointEnabled) => endpoint with { Enabled = true },
        ({ }, WebhookEndpointDisabled) => endpoint with { Enabled = false, Degraded = false },
        ({ }, WebhookEndpointDegraded) => endpoint with { Degraded = true },
        ({ }, WebhookEndpointRecovered) => endpoint with { Degraded = false },
        ({ }, WebhookDeliveryExhausted) => endpoint,
        ({ }, WebhookEndpointDeleted) => endpoint with { Enabled = false, Degraded = false, Deleted = true },
        ({ }, WebhookEndpointSecretRotated rotated) => endpoint with
        {
            EncryptedSecret = rotated.EncryptedSecret,
            PreviousEncryptedSecret = endpoint.EncryptedSecret,
            PreviousValidUntil = rotated.PreviousValidUntil,
        },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(endpoint is null ? "an empty stream" : "an endpoint")}."),
    };

    private void RequirePresent() => Check.That(!Deleted, WebhookEndpointErrors.NotFound);
}
