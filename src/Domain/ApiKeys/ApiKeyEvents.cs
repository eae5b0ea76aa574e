using System.Text.Json.Serialization;

namespace Mainstreet.Domain.ApiKeys;

/// <summary>Recorded in the business's log. A hash is the SHA-256 of a whole key, in base64url; the key itself is kept nowhere.</summary>
public abstract record ApiKeyEvent : IEvent;

[EventType("api_key.created.v1", Internal = true)]
public sealed record ApiKeyCreated(
    ApiKeyId ApiKeyId, ApiKeyKind Kind, string? Name, string[] Scopes, string SecretHash, DateTimeOffset? ExpiresAt, DateTimeOffset At) : ApiKeyEvent;

[EventType("api_key.renamed.v1", Internal = true)]
public sealed record ApiKeyRenamed(ApiKeyId ApiKeyId, string? Name, DateTimeOffset At) : ApiKeyEvent;

/// <summary>Until <paramref name="PreviousValidUntil"/> the secret before it is good as well.</summary>
[EventType("api_key.rotated.v1", Internal = true)]
public sealed record ApiKeyRotated(ApiKeyId ApiKeyId, string SecretHash, DateTimeOffset PreviousValidUntil, DateTimeOffset At) : ApiKeyEvent;

[EventType("api_key.revoked.v1", Internal = true)]
public sealed record ApiKeyRevoked(ApiKeyId ApiKeyId, DateTimeOffset At) : ApiKeyEvent;

[JsonSerializable(typeof(ApiKeyCreated))]
[JsonSerializable(typeof(ApiKeyRenamed))]
[JsonSerializable(typeof(ApiKeyRotated))]
[JsonSerializable(typeof(ApiKeyRevoked))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
