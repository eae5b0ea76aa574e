using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Integrations;

/// <summary>Recorded in the business's log. Secrets are in none of them, not even sealed: logs are exported.</summary>
public abstract record IntegrationEvent : IEvent;

public sealed record IntegrationSetting(string Name, string Value);

/// <param name="Id">Under which the secret is kept.</param>
public sealed record IntegrationSecret(string Name, Guid Id, DateTimeOffset ChangedAt)
{
    /// <summary>1 to 2,048 printable characters of ASCII, as a header of HTTP can hold them.</summary>
    public static bool CanBe(string value) => Check.IsText(value, 2048) && value.All(character => character is >= ' ' and <= '~') && value.Trim() == value;
}

/// <param name="Settings">All of them from now on.</param>
/// <param name="Secrets">All that are set from now on.</param>
[EventType("integration.configured.v1", Internal = true)]
public sealed record IntegrationConfigured(string Kind, IntegrationSetting[] Settings, IntegrationSecret[] Secrets, DateTimeOffset At) : IntegrationEvent;

[EventType("integration.enabled.v1", Internal = true)]
public sealed record IntegrationEnabled(string Kind, DateTimeOffset At) : IntegrationEvent;

[EventType("integration.disabled.v1", Internal = true)]
public sealed record IntegrationDisabled(string Kind, DateTimeOffset At) : IntegrationEvent;

/// <param name="Status">What the other side answered; null: it did not.</param>
/// <param name="Error">What went wrong on the way.</param>
[EventType("integration.tested.v1", Internal = true)]
public sealed record IntegrationTested(string Kind, bool Succeeded, int? Status, string? Error, DateTimeOffset At) : IntegrationEvent;

[EventType("integration.removed.v1", Internal = true)]
public sealed record IntegrationRemoved(string Kind, DateTimeOffset At) : IntegrationEvent;

[JsonSerializable(typeof(IntegrationConfigured))]
[JsonSerializable(typeof(IntegrationEnabled))]
[JsonSerializable(typeof(IntegrationDisabled))]
[JsonSerializable(typeof(IntegrationTested))]
[JsonSerializable(typeof(IntegrationRemoved))]
internal sealed partial class IntegrationJson : JsonSerializerContext;
