namespace Mainstreet.Domain.Drivers;

public enum DocumentKind
{
    Identity,
    DrivingLicence,
    Insurance,
    VehicleRegistration,
}

public enum DocumentStatus
{
    Submitted,
    Approved,
    Rejected,
}

/// <summary>A paper that an applicant handed in.</summary>
/// <param name="ExpiresOn">The last day, in UTC, on which it is good; null: it does not expire.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record ApplicantDocument(
    DocumentId Id, DocumentKind Kind, string Number, DateOnly? ExpiresOn, string ContentType, int Size, DateTimeOffset SubmittedAt,
    DocumentStatus Status = DocumentStatus.Submitted, string? Reason = null, bool Reminded = false)
{
    /// <summary>How long before its end somebody is reminded.</summary>
    public const int RemindedDays = 30;

    public bool IsGood(DateTimeOffset now) => Status is DocumentStatus.Approved && !IsOver(ExpiresOn, now);

    public bool ExpiresSoon(DateTimeOffset now) => Status is DocumentStatus.Approved && IsOver(ExpiresOn?.AddDays(-RemindedDays - 1), now);

    /// <summary>When there is something to do about it next: a reminder, or its end. Null: never.</summary>
    public DateTimeOffset? Due(DateTimeOffset now) =>
        ExpiresOn is not { } last ? null
        : Midnight(last.AddDays(-RemindedDays)) is var remind && remind > now ? remind
        : Midnight(last.AddDays(1));

    public static bool IsOver(DateOnly? last, DateTimeOffset now) => last < DateOnly.FromDateTime(now.UtcDateTime);

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>What becomes of the papers of one applicant: of each kind there is one that was approved at most, and one that was not.</summary>
public static class ApplicantDocuments
{
    /// <summary>Whoever drives something with a motor needs all of them.</summary>
    public static DocumentKind[] NeededFor(VehicleType vehicle) => vehicle switch
    {
        VehicleType.Foot or VehicleType.Bicycle or VehicleType.CargoBike => [DocumentKind.Identity],
        VehicleType.Scooter or VehicleType.Motorcycle or VehicleType.Car or VehicleType.Van => Enum.GetValues<DocumentKind>(),
    };

    public static ApplicantDocument[] After(this ApplicantDocument[] documents, ApplicantEvent e) => e switch
    {
        DocumentSubmitted s =>
        [
            .. documents.Where(document => document.Kind != s.Kind || document.Status is DocumentStatus.Approved),
            new(s.DocumentId, s.Kind, s.Number, s.ExpiresOn, s.ContentType, s.Size, s.At),
        ],
        DocumentApproved approved when Array.Find(documents, document => document.Id == approved.DocumentId) is { } found =>
            [.. documents.Where(document => document.Kind != found.Kind), found with { Status = DocumentStatus.Approved }],
        DocumentRejected rejected => documents.With(rejected.DocumentId, document => document with { Status = DocumentStatus.Rejected, Reason = rejected.Reason }),
        DocumentReminded reminded => documents.With(reminded.DocumentId, document => document with { Reminded = true }),
        _ => documents,
    };

    private static ApplicantDocument[] With(this ApplicantDocument[] documents, DocumentId id, Func<ApplicantDocument, ApplicantDocument> change) =>
        [.. documents.Select(document => document.Id == id ? change(document) : document)];
}

/// <summary>What a file is by its first bytes, whatever its name or whoever sent it says.</summary>
public static class DocumentFile
{
    public const int MaxSize = 3 * 1024 * 1024;

    private static readonly (string ContentType, byte[] Begin)[] known =
    [
        ("application/pdf", "%PDF-"u8.ToArray()),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
    ];

    /// <summary>Errors: file_type_unknown (400).</summary>
    public static string TypeOf(ReadOnlySpan<byte> file)
    {
        foreach (var (contentType, begin) in known)
        {
            if (file.StartsWith(begin))
            {
                return contentType;
            }
        }

        throw new DomainException(DriverErrors.FileTypeUnknown);
    }
}
