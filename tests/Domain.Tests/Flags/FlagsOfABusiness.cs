using Mainstreet.Domain.Flags;

namespace Mainstreet.Domain.Tests.Flags;

public class FlagsOfABusiness
{
    private const string Feature = PlanFeature.ApiAccess;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Business = new(Uuid.Named("business"));
    private static readonly FlagRule On = new(On: true);
    private static readonly FeatureFlagSet Set = new(Business, Feature, On, "A pilot", Now);
    private static readonly FeatureFlagCleared Cleared = new(Business, Feature, Now);

    internal static FeatureFlagEvent[][] Streams => [[Set, Cleared, Set with { Rule = new(On: false, 10, Now, Now.AddDays(7)) }]];

    [Fact]
    public void Say_what_holds_for_a_known_feature_and_why()
    {
        FeatureFlag.Set(null, Business, Feature, On, "A pilot", Now).ShouldBe([Set]);
        Refused(() => FeatureFlag.Set(null, Business, "teleport", On, "A pilot", Now), "not_found");
        Refused(() => FeatureFlag.Set(null, Business, Feature, On, " ", Now), "reason_invalid");
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(101, null, null)]
    [InlineData(50, 2, 1)]
    [InlineData(50, 1, 1)]
    public void Are_for_some_percent_and_end_after_they_begin(int percentage, int? from, int? until) => Refused(
        () => FeatureFlag.Set(
            null, Business, Feature, new(On: true, percentage, from is { } f ? Now.AddDays(f) : null, until is { } u ? Now.AddDays(u) : null), "A pilot", Now),
        "flag_invalid");

    [Fact]
    public void Change_nothing_where_they_say_so_already()
    {
        var flag = FeatureFlag.Evolve(null, Set);
        FeatureFlag.Set(flag, Business, Feature, new(On: true), "A pilot", Now.AddDays(1)).ShouldBeEmpty();
        flag.Clear(Now).ShouldBe([Cleared]);
        FeatureFlag.Evolve(flag, Cleared).Clear(Now).ShouldBeEmpty();
    }

    [Fact]
    public void Say_nothing_before_they_begin_and_from_their_end_on()
    {
        var rule = new FlagRule(On: true, 100, Now, Now.AddDays(1));
        rule.For(Feature, Business.Value, Now.AddTicks(-1)).ShouldBeNull();
        rule.For(Feature, Business.Value, Now).ShouldBe(true);
        rule.For(Feature, Business.Value, Now.AddDays(1)).ShouldBeNull();
    }

    [Fact]
    public void Are_for_the_same_people_always_and_for_more_of_them_when_they_grow()
    {
        var people = Enumerable.Range(0, 10_000).Select(i => Uuid.Named("person", $"{i}")).ToArray();
        var tenth = people.Where(person => new FlagRule(On: false, 10).For(Feature, person, Now) is false).ToArray();
        var third = people.Where(person => new FlagRule(On: false, 33).For(Feature, person, Now) is false).ToHashSet();

        tenth.Length.ShouldBeInRange(800, 1200);
        third.Count.ShouldBeInRange(3000, 3600);
        tenth.ShouldAllBe(person => third.Contains(person));
        new FlagRule(On: true, 10).For("loyalty", tenth[0], Now).ShouldBe(null, "another feature has other people first");
    }

    private static void Refused(Action step, string code) => Should.Throw<DomainException>(step).Error.Code.ShouldBe(code);
}
