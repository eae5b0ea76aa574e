using Mainstreet.Domain.Businesses;
using static Mainstreet.Domain.Tests.Businesses.BusinessSamples;

namespace Mainstreet.Domain.Tests.Businesses;

public class OnboardingSteps
{
    [Fact]
    public void What_nothing_else_tells_is_completed_by_hand_and_taken_back()
    {
        var done = Onboarding.Complete(null, Bakery, OnboardingStep.Plan, Now).ShouldHaveSingleItem();
        done.ShouldBe(new OnboardingStepCompleted(Bakery, OnboardingStep.Plan, Now));
        var begun = Onboarding.Evolve(null, done);
        Onboarding.Complete(begun, Bakery, OnboardingStep.Plan, Now).ShouldBeEmpty();
        Onboarding.Reopen(begun, Bakery, OnboardingStep.Plan, Now).ShouldBe([new OnboardingStepReopened(Bakery, OnboardingStep.Plan, Now)]);
        Onboarding.Reopen(begun, Bakery, OnboardingStep.Theme, Now).ShouldBeEmpty();
        Onboarding.Reopen(null, Bakery, OnboardingStep.Plan, Now).ShouldBeEmpty();
        Should.Throw<DomainException>(() => Onboarding.Complete(begun, Bakery, OnboardingStep.Theme, Now)).Error.Code.ShouldBe("step_done_by_doing");
    }

    [Fact]
    public void What_a_business_can_do_without_is_skipped()
    {
        var skipped = Onboarding.Evolve(null, Onboarding.Skip(null, Bakery, OnboardingStep.Theme, Now).Single());
        Onboarding.Skip(skipped, Bakery, OnboardingStep.Theme, Now).ShouldBeEmpty();
        Onboarding.Complete(skipped, Bakery, OnboardingStep.Plan, Now).ShouldNotBeEmpty();
        Should.Throw<DomainException>(() => Onboarding.Skip(null, Bakery, OnboardingStep.Owner, Now)).Error.Code.ShouldBe("step_needed");
    }
}
