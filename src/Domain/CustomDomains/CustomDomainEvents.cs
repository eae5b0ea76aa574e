using System.Text.Json.Serialization;

namespace Mainstreet.Domain.CustomDomains;

/// <summary>Recorded in the platform's log, for a domain is one business's among all.</summary>
public abstract record CustomDomainEvent : IEvent;

/// <param name="Challenge">What whoever has the domain can write into it, and nobody else.</param>
[EventType("custom_domain.added.v1", Internal = true)]
public sealed record CustomDomainAdded(
    CustomDomainId CustomDomainId, TenantId BusinessId, string Host, string Challenge, DateTimeOffset ExpiresAt, DateTimeOffset At) : CustomDomainEvent;

[EventType("custom_domain.verified.v1", Internal = true)]
public sealed record CustomDomainVerified(CustomDomainId CustomDomainId, DateTimeOffset At) : CustomDomainEvent;

[EventType("custom_domain.verification_failed.v1", Internal = true)]
public sealed record CustomDomainVerificationFailed(CustomDomainId CustomDomainId, VerificationFailure Reason, DateTimeOffset At) : CustomDomainEvent;

[EventType("custom_domain.certificate_reported.v1", Internal = true)]
public sealed record CustomDomainCertificateReported(
    CustomDomainId CustomDomainId, CertificateStatus Status, DateTimeOffset? ValidUntil, DateTimeOffset At) : CustomDomainEvent;

[EventType("custom_domain.removed.v1", Internal = true)]
public sealed record CustomDomainRemoved(CustomDomainId CustomDomainId, DateTimeOffset At) : CustomDomainEvent;

[JsonSerializable(typeof(CustomDomainAdded))]
[JsonSerializable(typeof(CustomDomainVerified))]
[JsonSerializable(typeof(CustomDomainVerificationFailed))]
[JsonSerializable(typeof(CustomDomainCertificateReported))]
[JsonSerializable(typeof(CustomDomainRemoved))]
internal sealed partial class CustomDomainJson : JsonSerializerContext;
