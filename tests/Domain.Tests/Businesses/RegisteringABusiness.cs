using Mainstreet.Domain.Businesses;
using static Mainstreet.Domain.Tests.Businesses.BusinessSamples;

namespace Mainstreet.Domain.Tests.Businesses;

public class RegisteringABusiness
{
    [Fact]
    public void Starts_its_provisioning() => New(Registration)
        .Then(new BusinessRegistered(Bakery, "Corner Bakery", "corner-bakery", "EUR", "Europe/Berlin", BusinessMode.Live, null, null, Owner, null, null, null, Now))
        .Status.ShouldBe(BusinessStatus.Provisioning);

    [Theory]
    [InlineData("abc")]
    [InlineData("a-b-c")]
    [InlineData("123")]
    public void Subdomain_may_have_letters_digits_and_single_hyphens(string subdomain) => Subdomains.IsWellFormed(subdomain).ShouldBeTrue();

    [Theory]
    [InlineData("ab")]
    [InlineData("Bakery")]
    [InlineData("a--b")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("abc\n")]
    [InlineData("bäcker")]
    [InlineData("a.b.c")]
    public void Subdomain_may_have_nothing_else(string subdomain) => Rejected(Registration with { Subdomain = subdomain }, "subdomain_invalid");

    [Fact]
    public void Subdomain_fits_into_a_dns_label()
    {
        Subdomains.IsWellFormed(new string('a', 63)).ShouldBeTrue();
        Subdomains.IsWellFormed(new string('a', 64)).ShouldBeFalse();
        Subdomains.IsWellFormed(string.Join('-', Enumerable.Repeat('a', 40))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("www")]
    [InlineData("api")]
    [InlineData("admin")]
    public void Subdomain_is_not_a_reserved_word(string subdomain) => Rejected(Registration with { Subdomain = subdomain }, "subdomain_reserved");

    [Theory]
    [InlineData("corner-bakery", "corner-bakery", "corner-bakery-b9d12a6c")]
    [InlineData("admin", "admin-b9d12a6c")]
    [InlineData("ab", "ab-b9d12a6c")]
    [InlineData("a-name-that-goes-on-and-on-and-on-and-on-and-on", "a-name-that-goes-on-and-on-and-on-and-on", "a-name-that-goes-on-and-on-and-on-and-on-b9d12a6c")]
    public void One_that_was_not_chosen_is_like_the_name(string slug, params string[] suggested) =>
        Subdomains.Suggest(slug, new(Guid.Parse("144ac86d-05c0-8f55-9949-c5dbb9d12a6c"))).ShouldBe(suggested);

    [Fact]
    public void Every_suggestion_can_be_had() => new[] { "x", "admin", "corner-bakery", new string('a', 200), string.Join('-', Enumerable.Repeat("ab", 60)) }
        .SelectMany(slug => Subdomains.Suggest(slug, Bakery)).ShouldAllBe(name => Subdomains.IsWellFormed(name) && !Subdomains.IsReserved(name));

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("europe/berlin")]
    [InlineData("Pacific Standard Time")]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public void Timezone_is_an_iana_one(string timezone) => Rejected(Registration with { Timezone = timezone }, "timezone_unknown");

    [Fact]
    public void The_rest_is_checked_too()
    {
        Rejected(Registration with { Name = " " }, "name_invalid");
        Rejected(Registration with { Currency = "EURO" }, "currency_unknown");
        Rejected(Registration with { Country = "de" }, "country_invalid");
        Rejected(Registration with { BusinessId = TenantId.Pool }, "id_reserved");
        Rejected(Registration with { Mode = BusinessMode.Test }, "test_clock_mismatch");
        Rejected(Registration with { TestClockId = Uuid.New() }, "test_clock_mismatch");
    }

    private static Spec<Business, BusinessEvent> New(BusinessRegistration registration) =>
        new Spec<Business, BusinessEvent>().WhenNew(() => Business.Register(registration, Now));

    private static void Rejected(BusinessRegistration registration, string code) => New(registration).ThenRejected(code);
}
