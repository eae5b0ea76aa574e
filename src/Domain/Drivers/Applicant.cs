using System.Text.Json;

namespace Mainstreet.Domain.Drivers;

public enum ApplicantStatus
{
    /// <summary>Nothing was handed in yet.</summary>
    Applied,

    /// <summary>Papers are missing, or have to be handed in again.</summary>
    DocumentsPending,

    /// <summary>All that is needed is there; the business decides.</summary>
    UnderReview,
    Approved,
    Rejected,

    /// <summary>A paper has expired.</summary>
    Suspended,

    /// <summary>The business has taken the driver off its roster.</summary>
    Released,

    /// <summary>Erased.</summary>
    Closed,
}

/// <summary>
/// Somebody who wants to drive for a business (IAM-08, DRV-16). Applied -> documents_pending -> under_review -> approved or rejected; approved
/// &lt;-> suspended, as papers expire and are renewed; both -> released, by the business; any of them -> closed. Whoever was rejected or released
/// applies anew.
/// </summary>
/// <param name="Decided">What was decided; null: nothing yet, and the papers say how far it is.</param>
/// <param name="Submissions">How many papers were handed in in all.</param>
public sealed record Applicant(
    ApplicantId Id, string Name, string Email, string? Phone, VehicleType Vehicle, string? Plate, ApplicantDocument[] Documents,
    ApplicantStatus? Decided = null, DriverId? DriverId = null, int Submissions = 0) : IAggregate<Applicant, ApplicantEvent>
{
    public const int MaxSubmissions = 100;

    /// <summary>Long enough for whoever was rejected or released to object; then nothing that names them is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(180);

    /// <summary>Whoever wants to drive applies anew.</summary>
    public bool IsOver => Decided is ApplicantStatus.Rejected or ApplicantStatus.Released or ApplicantStatus.Closed;

    public ApplicantStatus Status => StatusOf(Decided, Vehicle, Documents);

    public static ApplicantStatus StatusOf(ApplicantStatus? decided, VehicleType vehicle, ApplicantDocument[] documents) =>
        decided ?? (documents.Length == 0 ? ApplicantStatus.Applied
        : Array.TrueForAll(ApplicantDocuments.NeededFor(vehicle), kind => Array.Exists(documents, document => document.Kind == kind && document.Status is not DocumentStatus.Rejected))
            ? ApplicantStatus.UnderReview
        : ApplicantStatus.DocumentsPending);

    public static ApplicantEvent[] Apply(ApplicantId id, string name, string email, string? phone, VehicleType vehicle, string? plate, DateTimeOffset now)
    {
        Check.That(Check.IsText(name, 200), DriverErrors.NameInvalid);
        Check.That(Check.IsOptionalText(phone, 40), DriverErrors.PhoneInvalid);
        Check.That(Check.IsOptionalText(plate, 50), DriverErrors.DocumentInvalid);
        return [new ApplicantApplied(id, name, EmailAddress.Normalize(email), phone, vehicle, plate, now)];
    }

    public ApplicantEvent[] Submit(DocumentId document, DocumentKind kind, string number, DateOnly? expiresOn, string contentType, int size, DateTimeOffset now)
    {
        Require("submit_document", !IsOver);
        Check.That(Check.IsText(number, 50), DriverErrors.DocumentInvalid);
        Check.That(expiresOn is null ? kind is DocumentKind.VehicleRegistration : !ApplicantDocument.IsOver(expiresOn, now), DriverErrors.DocumentExpired);
        Check.That(Submissions < MaxSubmissions, DriverErrors.TooManyDocuments);
        return [new DocumentSubmitted(Id, document, kind, number, expiresOn, contentType, size, now)];
    }

    /// <summary>The last one that was missing reinstates whoever was suspended.</summary>
    public ApplicantEvent[] ApproveDocument(DocumentId id, DateTimeOffset now)
    {
        var document = Get(id, "approve_document");
        Require("approve_document", document.Status is not DocumentStatus.Rejected);
        Check.That(!ApplicantDocument.IsOver(document.ExpiresOn, now), DriverErrors.DocumentExpired);
        if (document.Status is DocumentStatus.Approved)
        {
            return [];
        }

        var approved = new DocumentApproved(Id, id, now);
        return Decided is ApplicantStatus.Suspended && Evolve(this, approved).Missing(now) is [] ? [approved, new ApplicantReinstated(Id, now)] : [approved];
    }

    public ApplicantEvent[] RejectDocument(DocumentId id, string reason, DateTimeOffset now)
    {
        var document = Get(id, "reject_document");
        Check.That(Check.IsText(reason, 500), DriverErrors.ReasonInvalid);
        Require("reject_document", document.Status is not DocumentStatus.Approved);
        return document.Status is DocumentStatus.Rejected ? [] : [new DocumentRejected(Id, id, reason, now)];
    }

    public ApplicantEvent[] Approve(DateTimeOffset now)
    {
        Require("approve", Decided is null or ApplicantStatus.Approved);
        if (Decided is ApplicantStatus.Approved)
        {
            return [];
        }

        Check.That(Missing(now) is [], DriverErrors.DocumentsMissing(Missing(now)));
        return [new ApplicantApproved(Id, now)];
    }

    public ApplicantEvent[] Reject(string reason, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, 500), DriverErrors.ReasonInvalid);
        Require("reject", Decided is null or ApplicantStatus.Rejected);
        return Decided is ApplicantStatus.Rejected ? [] : [new ApplicantRejected(Id, reason, now)];
    }

    public ApplicantEvent[] Enroll(DriverId driver, DateTimeOffset now) => driver == DriverId ? [] : [new ApplicantEnrolled(Id, driver, now)];

    /// <summary>What the passing of time does to whoever drives: suspended for what has expired, reminded of what soon will.</summary>
    public ApplicantEvent[] LookAtDocuments(DateTimeOffset now) =>
        Decided is not ApplicantStatus.Approved ? []
        : Missing(now) is { Length: > 0 } expired ? [new ApplicantSuspended(Id, expired, now)]
        : [.. Needed.Where(document => document.ExpiresSoon(now) && !document.Reminded && !IsRenewed(document)).Select(document => new DocumentReminded(Id, document.Id, now))];

    /// <summary>When to look again; null: when papers were approved.</summary>
    public DateTimeOffset? NextLook(DateTimeOffset now) => Decided is ApplicantStatus.Approved ? Needed.Min(document => document.Due(now)) : null;

    /// <summary>Nothing for who is no driver: a renewed paper lists nobody again whom the business has let go.</summary>
    public ApplicantEvent[] Release(DateTimeOffset now) => Decided is ApplicantStatus.Approved or ApplicantStatus.Suspended ? [new ApplicantReleased(Id, now)] : [];

    public ApplicantEvent[] Close(DateTimeOffset now) => Decided is ApplicantStatus.Closed ? [] : [new ApplicantClosed(Id, now)];

    /// <summary>Of papers that <paramref name="next"/> has not any more.</summary>
    public Guid[] FilesReplacedIn(Applicant next) => [.. Documents.ExceptBy(next.Documents.Select(document => document.Id), document => document.Id).Select(document => document.Id.Value)];

    /// <summary>What is needed for the vehicle, and was not approved or is not good any more.</summary>
    public DocumentKind[] Missing(DateTimeOffset now) =>
        [.. ApplicantDocuments.NeededFor(Vehicle).Where(kind => !Array.Exists(Documents, document => document.Kind == kind && document.IsGood(now)))];

    public static Applicant Evolve(Applicant? applicant, ApplicantEvent e) => (applicant, e) switch
    {
        (null, ApplicantApplied a) => new(a.ApplicantId, a.Name, a.Email, a.Phone, a.Vehicle, a.Plate, []),
        ({ }, DocumentSubmitted) => applicant with { Documents = applicant.Documents.After(e), Submissions = applicant.Submissions + 1 },
        ({ }, DocumentApproved or DocumentRejected or DocumentReminded) => applicant with { Documents = applicant.Documents.After(e) },
        ({ }, ApplicantEnrolled enrolled) => applicant with { DriverId = enrolled.DriverId },
        ({ }, ApplicantApproved or ApplicantRejected or ApplicantSuspended or ApplicantReinstated or ApplicantReleased or ApplicantClosed) => applicant with { Decided = DecidedBy(e) },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(applicant is null ? "an empty stream" : "an application")}."),
    };

    /// <summary>What an event decides; null: nothing.</summary>
    public static ApplicantStatus? DecidedBy(ApplicantEvent e) => e switch
    {
        ApplicantApproved or ApplicantReinstated => ApplicantStatus.Approved,
        ApplicantRejected => ApplicantStatus.Rejected,
        ApplicantSuspended => ApplicantStatus.Suspended,
        ApplicantReleased => ApplicantStatus.Released,
        ApplicantClosed => ApplicantStatus.Closed,
        _ => null,
    };

    /// <summary>Names no person, because states end up in logs.</summary>
    public override string ToString() => $"Applicant {Id}";

    private IEnumerable<ApplicantDocument> Needed =>
        Documents.Where(document => document.Status is DocumentStatus.Approved && ApplicantDocuments.NeededFor(Vehicle).Contains(document.Kind));

    private bool IsRenewed(ApplicantDocument document) => Array.Exists(Documents, other => other.Kind == document.Kind && other.Status is DocumentStatus.Submitted);

    private ApplicantDocument Get(DocumentId id, string step)
    {
        Require(step, !IsOver);
        return Array.Find(Documents, document => document.Id == id) ?? throw new DomainException(DomainError.NotFound("document"));
    }

    private void Require(string step, bool isPossible)
    {
        if (!isPossible)
        {
            string[] allowed = Status switch
            {
                ApplicantStatus.Rejected or ApplicantStatus.Released or ApplicantStatus.Closed => [],
                ApplicantStatus.Approved or ApplicantStatus.Suspended => ["submit_document", "approve_document", "reject_document"],
                _ => ["submit_document", "approve_document", "reject_document", "approve", "reject"],
            };
            throw new DomainException(DomainError.IllegalTransition("The application", JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()), step, allowed));
        }
    }
}
