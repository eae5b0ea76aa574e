using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Drivers;

/// <summary>Recorded in the log of the business where somebody wants to drive. Internal, because papers are for whoever checks them.</summary>
public abstract record ApplicantEvent : IEvent;

[EventType("driver_applicant.applied.v1", Internal = true)]
public sealed record ApplicantApplied(
    [property: DataSubject] ApplicantId ApplicantId,
    [property: PersonalData] string Name,
    [property: PersonalData] string Email,
    [property: PersonalData] string? Phone,
    VehicleType Vehicle,
    [property: PersonalData] string? Plate,
    DateTimeOffset At) : ApplicantEvent;

/// <summary>The file itself is kept elsewhere, sealed, and goes with an erasure.</summary>
/// <param name="ExpiresOn">The last day on which it is good; null: it does not expire.</param>
[EventType("driver_applicant.document_submitted.v1", Internal = true)]
public sealed record DocumentSubmitted(
    [property: DataSubject] ApplicantId ApplicantId,
    DocumentId DocumentId,
    DocumentKind Kind,
    [property: PersonalData] string Number,
    DateOnly? ExpiresOn,
    string ContentType,
    int Size,
    DateTimeOffset At) : ApplicantEvent;

/// <summary>It takes the place of the one before of its kind.</summary>
[EventType("driver_applicant.document_approved.v1", Internal = true)]
public sealed record DocumentApproved(ApplicantId ApplicantId, DocumentId DocumentId, DateTimeOffset At) : ApplicantEvent;

[EventType("driver_applicant.document_rejected.v1", Internal = true)]
public sealed record DocumentRejected(
    [property: DataSubject] ApplicantId ApplicantId, DocumentId DocumentId, [property: PersonalData] string Reason, DateTimeOffset At) : ApplicantEvent;

/// <summary>It expires soon, and no other one was handed in.</summary>
[EventType("driver_applicant.document_reminded.v1", Internal = true)]
public sealed record DocumentReminded(ApplicantId ApplicantId, DocumentId DocumentId, DateTimeOffset At) : ApplicantEvent;

[EventType("driver_applicant.approved.v1", Internal = true)]
public sealed record ApplicantApproved(ApplicantId ApplicantId, DateTimeOffset At) : ApplicantEvent;

[EventType("driver_applicant.rejected.v1", Internal = true)]
public sealed record ApplicantRejected([property: DataSubject] ApplicantId ApplicantId, [property: PersonalData] string Reason, DateTimeOffset At) : ApplicantEvent;

/// <summary>The applicant has an account, and is a driver of the pool and of this business.</summary>
[EventType("driver_applicant.enrolled.v1", Internal = true)]
public sealed record ApplicantEnrolled(ApplicantId ApplicantId, DriverId DriverId, DateTimeOffset At) : ApplicantEvent;

/// <param name="Expired">What is needed and not good any more.</param>
[EventType("driver_applicant.suspended.v1", Internal = true)]
public sealed record ApplicantSuspended(ApplicantId ApplicantId, DocumentKind[] Expired, DateTimeOffset At) : ApplicantEvent;

[EventType("driver_applicant.reinstated.v1", Internal = true)]
public sealed record ApplicantReinstated(ApplicantId ApplicantId, DateTimeOffset At) : ApplicantEvent;

/// <summary>The business has taken the driver off its roster.</summary>
[EventType("driver_applicant.released.v1", Internal = true)]
public sealed record ApplicantReleased(ApplicantId ApplicantId, DateTimeOffset At) : ApplicantEvent;

/// <summary>Erased, by the business or because the applicant wanted to.</summary>
[EventType("driver_applicant.closed.v1", Internal = true)]
public sealed record ApplicantClosed(ApplicantId ApplicantId, DateTimeOffset At) : ApplicantEvent;

[JsonSerializable(typeof(ApplicantApplied))]
[JsonSerializable(typeof(DocumentSubmitted))]
[JsonSerializable(typeof(DocumentApproved))]
[JsonSerializable(typeof(DocumentRejected))]
[JsonSerializable(typeof(DocumentReminded))]
[JsonSerializable(typeof(ApplicantApproved))]
[JsonSerializable(typeof(ApplicantRejected))]
[JsonSerializable(typeof(ApplicantEnrolled))]
[JsonSerializable(typeof(ApplicantSuspended))]
[JsonSerializable(typeof(ApplicantReinstated))]
[JsonSerializable(typeof(ApplicantReleased))]
[JsonSerializable(typeof(ApplicantClosed))]
internal sealed partial class ApplicantJson : JsonSerializerContext;
