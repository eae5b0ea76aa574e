using Mainstreet.Domain.Businesses;

namespace Mainstreet.Domain.CustomDomains;

public enum VerificationStatus
{
    Pending,
    Verified,
    Failed,
}

public enum VerificationFailure
{
    /// <summary>There is no record of that name.</summary>
    RecordMissing,

    /// <summary>There is one, with something else in it.</summary>
    RecordDiffers,
}

public enum CertificateStatus
{
    /// <summary>The domain is not verified.</summary>
    None,
    Pending,
    Issued,
    Failed,
}

/// <summary>
/// That a business says a domain is its own (WL-04), and proves it by a TXT record. Pending -> verified &lt;-> failed; removed, and added again
/// with another challenge. Several businesses may say so; the one that has proved it holds the domain until it removes it or a later look does not
/// find the record, and only then can another one prove it; whoever tries has the holder looked at.
/// </summary>
public sealed record CustomDomain(
    CustomDomainId Id, TenantId BusinessId, string Host, string Challenge, DateTimeOffset ExpiresAt, VerificationStatus Status,
    VerificationFailure? Failure = null, CertificateStatus Certificate = CertificateStatus.None, DateTimeOffset? CertificateUntil = null, bool Removed = false)
    : IAggregate<CustomDomain, CustomDomainEvent>
{
    /// <summary>Of a business.</summary>
    public const int Most = 10;

    /// <summary>How long the record may take to appear.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    public static CustomDomainId IdOf(TenantId business, string host) => new(Uuid.Named("custom_domain", business.ToString(), host));

    public static string RecordOf(string host) => $"_storefront-challenge.{host}";

    /// <param name="domain">Null: the business has never had it.</param>
    /// <param name="business">Whose it is to be.</param>
    /// <param name="mode">Test businesses prove nothing to the world, and so get nothing that is of it.</param>
    /// <param name="host">Normalized.</param>
    /// <param name="challenge">Which nobody can guess.</param>
    /// <param name="others">Domains that the business has.</param>
    /// <param name="now">By the platform's clock.</param>
    public static CustomDomainEvent[] Add(
        CustomDomain? domain, TenantId business, BusinessMode mode, string host, string challenge, int others, DateTimeOffset now)
    {
        Check.That(mode is BusinessMode.Live || HostName.IsWithin(host, HostName.OfTests), CustomDomainErrors.NotForTests);
        Check.That(mode is BusinessMode.Test || !HostName.IsNobodys(host), CustomDomainErrors.Reserved);
        Check.That(domain is null || domain.Removed || domain.IsExpired(now), CustomDomainErrors.Exists);
        Check.That(others < Most, CustomDomainErrors.TooMany);
        return [new CustomDomainAdded(IdOf(business, host), business, host, challenge, now + Patience, now)];
    }

    public bool IsExpired(DateTimeOffset now) => Status is not VerificationStatus.Verified && now >= ExpiresAt;

    /// <summary>That nobody else has proved it is the caller's to know.</summary>
    /// <param name="found">The texts of the record.</param>
    /// <param name="now">By the platform's clock.</param>
    public CustomDomainEvent[] Verify(IReadOnlyCollection<string> found, DateTimeOffset now)
    {
        Check.That(!Removed, DomainError.NotFound("domain"));
        Check.That(!IsExpired(now), CustomDomainErrors.ChallengeExpired);
        if (found.Contains(Challenge, StringComparer.Ordinal))
        {
            return Status is VerificationStatus.Verified ? [] : [new CustomDomainVerified(Id, now)];
        }

        var failure = found.Count == 0 ? VerificationFailure.RecordMissing : VerificationFailure.RecordDiffers;
        return failure == Failure ? [] : [new CustomDomainVerificationFailed(Id, failure, now)];
    }

    /// <summary>Whoever ends TLS for the storefront says how far its certificate is.</summary>
    public CustomDomainEvent[] ReportCertificate(CertificateStatus status, DateTimeOffset? validUntil, DateTimeOffset now)
    {
        Check.That(!Removed, DomainError.NotFound("domain"));
        Check.That(Status is VerificationStatus.Verified, CustomDomainErrors.NotVerified);
        return (status, validUntil) == (Certificate, CertificateUntil) ? [] : [new CustomDomainCertificateReported(Id, status, validUntil, now)];
    }

    public CustomDomainEvent[] Remove(DateTimeOffset now) => Removed ? [] : [new CustomDomainRemoved(Id, now)];

    public static CustomDomain Evolve(CustomDomain? domain, CustomDomainEvent e) => (domain, e) switch
    {
        (_, CustomDomainAdded added) => new(added.CustomDomainId, added.BusinessId, added.Host, added.Challenge, added.ExpiresAt, VerificationStatus.Pending),
        ({ }, CustomDomainVerified) => domain with { Status = VerificationStatus.Verified, Failure = null, Certificate = CertificateStatus.Pending },
        ({ }, CustomDomainVerificationFailed failed) => domain with
        {
            Status = VerificationStatus.Failed,
            Failure = failed.Reason,
            Certificate = CertificateStatus.None,
            CertificateUntil = null,
        },
        ({ }, CustomDomainCertificateReported reported) => domain with { Certificate = reported.Status, CertificateUntil = reported.ValidUntil },
        ({ }, CustomDomainRemoved) => domain with { Removed = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a domain."),
    };
}
