using Mainstreet.Domain;
using Mainstreet.Domain.CustomDomains;

namespace Mainstreet.Application.CustomDomains;

/// <summary>A domain that a business says is its own. In the platform's log; gone when it was removed.</summary>
public sealed record CustomDomainView(
    [property: Key] CustomDomainId Id, TenantId BusinessId, string Host, string Challenge, VerificationStatus Status, VerificationFailure? Failure,
    DateTimeOffset ExpiresAt, DateTimeOffset AddedAt, DateTimeOffset? VerifiedAt, CertificateStatus Certificate, DateTimeOffset? CertificateUntil, int Version)
{
    internal static CustomDomainView Empty(CustomDomainId id) => new(id, default, "", "", default, null, default, default, null, default, null, 0);
}

internal sealed class CustomDomainsProjection : Projection<CustomDomainView>
{
    public CustomDomainsProjection() : base("custom_domains", version: 1, inline: true)
    {
        Fold<CustomDomainAdded>(e => e.CustomDomainId, (row, e) => CustomDomainView.Empty(row.Id) with
        {
            BusinessId = e.BusinessId,
            Host = e.Host,
            Challenge = e.Challenge,
            ExpiresAt = e.ExpiresAt,
            AddedAt = e.At,
        });
        Fold<CustomDomainVerified>(e => e.CustomDomainId, (row, e) => row with
        {
            Status = VerificationStatus.Verified,
            Failure = null,
            VerifiedAt = e.At,
            Certificate = CertificateStatus.Pending,
        });
        Fold<CustomDomainVerificationFailed>(e => e.CustomDomainId, (row, e) => row with
        {
            Status = VerificationStatus.Failed,
            Failure = e.Reason,
            Certificate = CertificateStatus.None,
            CertificateUntil = null,
        });
        Fold<CustomDomainCertificateReported>(e => e.CustomDomainId, (row, e) => row with { Certificate = e.Status, CertificateUntil = e.ValidUntil });
        On<CustomDomainRemoved>(e => CustomDomainView.Empty(e.CustomDomainId), (_, _) => null);
        Unique(CustomDomainErrors.Taken, where: "status = 'verified'", "host");
        Index("business_id", "host");
    }

    private void Fold<TEvent>(Func<TEvent, CustomDomainId> id, Func<CustomDomainView, TEvent, CustomDomainView> fold) where TEvent : CustomDomainEvent =>
        On<TEvent>(e => CustomDomainView.Empty(id(e)), (row, e, context) => fold(row, e) with { Version = context.Version });
}
