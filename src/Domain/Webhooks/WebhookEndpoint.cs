namespace Mainstreet.Domain.Webhooks;

/// <summary>How receivers see that a message is genuine (Standard Webhooks).</summary>
public enum WebhookSignature
{
    /// <summary>Both sides know one secret.</summary>
    HmacSha256,

    /// <summary>The receiver knows a public key, with which nobody can sign.</summary>
    Ed25519,
}

/// <param name="EncryptedSecret">What signs.</param>
/// <param name="PublicKey">What verifies it; null: the secret does.</param>
public sealed record SigningKey(string EncryptedSecret, string? PublicKey = null)
{
    public WebhookSignature Signature => PublicKey is null ? WebhookSignature.HmacSha256 : WebhookSignature.Ed25519;
}

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
    SigningKey Key,
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
    public static WebhookEndpointEvent[] Create(WebhookEndpointId id, WebhookEndpointSettings settings, SigningKey key, bool httpAllowed, DateTimeOffset now)
    {
        settings.Validate(httpAllowed);
        Check.That(!string.IsNullOrEmpty(key.EncryptedSecret), WebhookEndpointErrors.SecretMissing);
        return [new WebhookEndpointCreated(id, settings, key.EncryptedSecret, key.PublicKey, now)];
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

    public WebhookEndpointEvent[] RotateKey(SigningKey key, DateTimeOffset now)
    {
        RequirePresent();
        Check.That(!string.IsNullOrEmpty(key.EncryptedSecret), WebhookEndpointErrors.SecretMissing);
        return key == Key ? [] : [new WebhookEndpointSecretRotated(Id, key.EncryptedSecret, key.PublicKey, now + RotationOverlap, now)];
    }

    /// <summary>
    /// Whether an event of this public type, such as <c>order.placed</c>, is meant for here; also while disabled, because a
    /// disabled endpoint loses nothing.
    /// </summary>
    public bool Matches(string publicEventType) => Settings.Matches(publicEventType);

    /// <summary>The encrypted secrets to sign with, the newest first.</summary>
    public string[] SecretsAt(DateTimeOffset now) =>
        PreviousEncryptedSecret is { } previous && now < PreviousValidUntil ? [Key.EncryptedSecret, previous] : [Key.EncryptedSecret];

    public static WebhookEndpoint Evolve(WebhookEndpoint? endpoint, WebhookEndpointEvent e) => (endpoint, e) switch
    {
        (null, WebhookEndpointCreated created) => new(created.WebhookEndpointId, created.Settings, Enabled: true, Degraded: false, Deleted: false, new(created.EncryptedSecret, created.PublicKey), null, null),
        ({ }, WebhookEndpointUpdated updated) => endpoint with { Settings = updated.Settings },
        ({ }, WebhookEndpointEnabled) => endpoint with { Enabled = true },
        ({ }, WebhookEndpointDisabled) => endpoint with { Enabled = false, Degraded = false },
        ({ }, WebhookEndpointDegraded) => endpoint with { Degraded = true },
        ({ }, WebhookEndpointRecovered) => endpoint with { Degraded = false },
        ({ }, WebhookDeliveryExhausted) => endpoint,
        ({ }, WebhookEndpointDeleted) => endpoint with { Enabled = false, Degraded = false, Deleted = true },
        ({ }, WebhookEndpointSecretRotated rotated) => endpoint with
        {
            Key = new(rotated.EncryptedSecret, rotated.PublicKey),
            PreviousEncryptedSecret = endpoint.Key.EncryptedSecret,
            PreviousValidUntil = rotated.PreviousValidUntil,
        },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(endpoint is null ? "an empty stream" : "an endpoint")}."),
    };

    private void RequirePresent() => Check.That(!Deleted, WebhookEndpointErrors.NotFound);
}
