using Mainstreet.Domain.Businesses;
using static Mainstreet.Domain.Tests.Businesses.BusinessSamples;

namespace Mainstreet.Domain.Tests.Businesses;

public class ChangingTheSubdomain
{
    [Fact]
    public void The_former_one_stays_the_business_s()
    {
        var changed = When(Active, "bakery").Then(new BusinessSubdomainChanged(Bakery, "corner-bakery", "bakery", Now));
        (changed.Subdomain, string.Join(' ', changed.FormerSubdomains!)).ShouldBe(("bakery", "corner-bakery"));
        When(Active, "corner-bakery").ThenNothing();
    }

    [Fact]
    public void It_may_go_back_to_one_of_its_own()
    {
        var back = When(Changed("one", "two"), "corner-bakery").Then(new BusinessSubdomainChanged(Bakery, "two", "corner-bakery", Now));
        back.FormerSubdomains.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void It_keeps_five_and_no_more()
    {
        string[] names = ["one", "two", "three", "four", "five"];
        When(Changed(names), "six").ThenRejected("former_subdomains_full").Details!["limit"].ShouldBe(5);
        When(Changed(names), "one").Then(new BusinessSubdomainChanged(Bakery, "five", "one", Now)).FormerSubdomains!.Length.ShouldBe(5);
    }

    [Fact]
    public void Names_that_mean_something_else_are_refused()
    {
        When(Active, "www").ThenRejected("subdomain_reserved").Place.ShouldBe("/subdomain");
        When(Active, "Bakery").ThenRejected("subdomain_invalid").Place.ShouldBe("/subdomain");
        When(Active, "a--b").ThenRejected("subdomain_invalid");
    }

    [Fact]
    public void Only_an_active_business_changes_it()
    {
        foreach (var given in (BusinessEvent[][])[Registered, Suspended, Closing, Closed])
        {
            When(given, "bakery").ThenRejected("illegal_transition");
        }
    }

    private static BusinessEvent[] Changed(params string[] names) =>
        [.. Active, .. names.Zip(names.Prepend("corner-bakery"), (name, before) => new BusinessSubdomainChanged(Bakery, before, name, Now))];

    private static Spec<Business, BusinessEvent> When(BusinessEvent[] given, string subdomain) =>
        new Spec<Business, BusinessEvent>().Given(given).When(business => business.ChangeSubdomain(subdomain, Now));
}
