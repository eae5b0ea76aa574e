using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.CustomDomains;

namespace Mainstreet.Domain.Tests.CustomDomains;

public class ProvingADomain
{
    private const string Host = "shop.bakery.berlin";
    private const string Challenge = "0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Bakery = new(Uuid.Named("bakery"));
    private static readonly CustomDomainId Id = CustomDomain.IdOf(Bakery, Host);
    private static readonly CustomDomainAdded Added = new(Id, Bakery, Host, Challenge, Now + CustomDomain.Patience, Now);
    private static readonly CustomDomainVerified Verified = new(Id, Now);
    private static readonly CustomDomainVerificationFailed Failed = new(Id, VerificationFailure.RecordDiffers, Now);

    internal static CustomDomainEvent[][] Streams =>
        [[Added, Failed, Verified, new CustomDomainCertificateReported(Id, CertificateStatus.Issued, Now.AddDays(90), Now), new CustomDomainRemoved(Id, Now)]];

    [Fact]
    public void It_is_proved_by_the_record()
    {
        var domain = When([Added], d => d.Verify(["v=spf1", Challenge], Now)).Then(Verified);
        (domain.Status, domain.Certificate).ShouldBe((VerificationStatus.Verified, CertificateStatus.Pending));
        When([Added, Verified], d => d.Verify([Challenge], Now)).ThenNothing();
        When([Added], d => d.Verify([], Now)).Then(new CustomDomainVerificationFailed(Id, VerificationFailure.RecordMissing, Now));
        When([Added], d => d.Verify([Challenge + "x"], Now)).Then(Failed).Status.ShouldBe(VerificationStatus.Failed);
        When([Added, Failed], d => d.Verify(["x"], Now)).ThenNothing();
        When([Added, Failed], d => d.Verify([Challenge], Now)).Then(Verified).Failure.ShouldBeNull();
    }

    [Fact]
    public void Its_proof_can_be_lost()
    {
        var lost = When([Added, Verified], d => d.Verify(["x"], Now.AddDays(1))).Then(Failed with { At = Now.AddDays(1) });
        (lost.Status, lost.Certificate).ShouldBe((VerificationStatus.Failed, CertificateStatus.None));
    }

    [Fact]
    public void The_record_has_a_week_to_appear()
    {
        var end = Now + CustomDomain.Patience;
        When([Added], d => d.Verify([Challenge], end.AddTicks(-1))).Then(Verified with { At = end.AddTicks(-1) });
        When([Added], d => d.Verify([Challenge], end)).ThenRejected("domain_challenge_expired");
        When([Added, Verified], d => d.Verify([Challenge], end.AddYears(1))).ThenNothing();
    }

    [Fact]
    public void It_is_added_once_and_again_when_it_is_over()
    {
        Add(null).ShouldBe([Added]);
        Refused(() => Add(CustomDomain.Evolve(null, Added)), "domain_exists");
        Refused(() => Add(State(Added, Verified), now: Now.AddYears(1)), "domain_exists");
        Add(State(Added, Verified, new CustomDomainRemoved(Id, Now))).Single().ShouldBeOfType<CustomDomainAdded>();
        Add(State(Added, Failed), now: Now + CustomDomain.Patience).Single().ShouldBeOfType<CustomDomainAdded>();
        Refused(() => Add(null, others: CustomDomain.Most), "domain_limit_reached");
    }

    [Fact]
    public void Test_businesses_have_domains_of_their_own()
    {
        Refused(() => CustomDomain.Add(null, Bakery, BusinessMode.Test, Host, Challenge, 0, Now), "domain_not_for_tests");
        Refused(() => CustomDomain.Add(null, Bakery, BusinessMode.Live, "shop.test", Challenge, 0, Now), "domain_reserved");
        Refused(() => CustomDomain.Add(null, Bakery, BusinessMode.Live, "printer.local", Challenge, 0, Now), "domain_reserved");
        CustomDomain.Add(null, Bakery, BusinessMode.Test, "shop.test", Challenge, 0, Now).Length.ShouldBe(1);
    }

    [Fact]
    public void There_are_certificates_for_what_is_proved()
    {
        When([Added, Verified], d => d.ReportCertificate(CertificateStatus.Issued, Now.AddDays(90), Now))
            .Then(new CustomDomainCertificateReported(Id, CertificateStatus.Issued, Now.AddDays(90), Now));
        When([Added], d => d.ReportCertificate(CertificateStatus.Issued, null, Now)).ThenRejected("domain_not_verified");
    }

    [Theory]
    [InlineData("Shop.Example.COM", "shop.example.com")]
    [InlineData("shop.example.com.", "shop.example.com")]
    [InlineData("bäckerei.berlin", "xn--bckerei-5wa.berlin")]
    [InlineData("חנות.קום", "xn--9dbd1a4b.xn--9dbq2a")]
    [InlineData("1-2.example", "1-2.example")]
    public void Names_are_in_lower_case_and_ascii(string text, string host) => HostName.Normalize(text).ShouldBe(host);

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("https://example.com")]
    [InlineData("example.com/shop")]
    [InlineData("example.com:8080")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a..example")]
    [InlineData(".example.com")]
    [InlineData("a_b.example.com")]
    [InlineData("*.example.com")]
    [InlineData("a b.example.com")]
    [InlineData("xn--.example.com")]
    [InlineData("\ud800.example.com")]
    public void What_is_no_name_is_none(string text) => HostName.Normalize(text).ShouldBeNull();

    [Fact]
    public void Names_have_an_end()
    {
        HostName.Normalize($"{new string('a', 64)}.example.com").ShouldBeNull();
        HostName.Normalize($"{string.Concat(Enumerable.Repeat("a.", 120))}com").ShouldBeNull();
        (HostName.IsWithin("a.shops.example", "shops.example"), HostName.IsWithin("myshops.example", "shops.example")).ShouldBe((true, false));
    }

    private static CustomDomainEvent[] Add(CustomDomain? domain, int others = 0, DateTimeOffset? now = null) =>
        CustomDomain.Add(domain, Bakery, BusinessMode.Live, Host, Challenge, others, now ?? Now);

    private static CustomDomain State(params CustomDomainEvent[] events) => events.Aggregate((CustomDomain?)null, CustomDomain.Evolve)!;

    private static Spec<CustomDomain, CustomDomainEvent> When(CustomDomainEvent[] given, Func<CustomDomain, CustomDomainEvent[]> decide) =>
        new Spec<CustomDomain, CustomDomainEvent>().Given(given).When(decide);

    private static void Refused(Func<object> act, string code) => Should.Throw<DomainException>(act).Error.Code.ShouldBe(code);
}
