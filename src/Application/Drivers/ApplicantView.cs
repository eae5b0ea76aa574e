using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;

namespace Mainstreet.Application.Drivers;

/// <summary>Somebody who wants to drive, or does, as whoever reviews sees it.</summary>
/// <param name="Reason">Why the application was rejected.</param>
public sealed record ApplicantView(
    [property: Key] ApplicantId ApplicantId,
    string Name,
    string Email,
    string? Phone,
    VehicleType Vehicle,
    string? Plate,
    ApplicantStatus? Decided,
    ApplicantStatus Status,
    ApplicantDocument[] Documents,
    string? Reason,
    DriverId? DriverId,
    DateTimeOffset AppliedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>A row before its first event.</summary>
    internal static ApplicantView Empty(ApplicantId id) => new(id, "", "", null, default, null, null, default, [], null, null, default, default, 0);
}

internal sealed class ApplicantsProjection : Projection<ApplicantView>
{
    public ApplicantsProjection() : base("driver_applicants", version: 2, inline: true)
    {
        Fold<ApplicantApplied>(e => e.ApplicantId, e => e.At, (row, e) => row with
        {
            Name = e.Name,
            Email = e.Email,
            Phone = e.Phone,
            Vehicle = e.Vehicle,
            Plate = e.Plate,
            AppliedAt = e.At,
        });
        Fold<DocumentSubmitted>(e => e.ApplicantId, e => e.At);
        Fold<DocumentApproved>(e => e.ApplicantId, e => e.At);
        Fold<DocumentRejected>(e => e.ApplicantId, e => e.At);
        Fold<DocumentReminded>(e => e.ApplicantId, e => e.At);
        Fold<ApplicantApproved>(e => e.ApplicantId, e => e.At);
        Fold<ApplicantRejected>(e => e.ApplicantId, e => e.At, (row, e) => row with { Reason = e.Reason });
        Fold<ApplicantEnrolled>(e => e.ApplicantId, e => e.At, (row, e) => row with { DriverId = e.DriverId });
        Fold<ApplicantSuspended>(e => e.ApplicantId, e => e.At);
        Fold<ApplicantReinstated>(e => e.ApplicantId, e => e.At);
        Fold<ApplicantReleased>(e => e.ApplicantId, e => e.At);
        Fold<ApplicantClosed>(e => e.ApplicantId, e => e.At);
        Index("email");
        Index("driver_id");
        Index("status", "applied_at", "applicant_id");
    }

    private void Fold<TEvent>(Func<TEvent, ApplicantId> id, Func<TEvent, DateTimeOffset> at, Func<ApplicantView, TEvent, ApplicantView>? fold = null)
        where TEvent : ApplicantEvent => On<TEvent>(e => ApplicantView.Empty(id(e)), (before, e, context) =>
        {
            var row = fold?.Invoke(before, e) ?? before;
            var (decided, documents) = (Applicant.DecidedBy(e) ?? row.Decided, row.Documents.After(e));
            return row with
            {
                Decided = decided,
                Documents = documents,
                Status = Applicant.StatusOf(decided, row.Vehicle, documents),
                UpdatedAt = at(e),
                Version = context.Version,
            };
        });
}
