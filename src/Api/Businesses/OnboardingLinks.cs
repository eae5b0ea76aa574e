using Mainstreet.Api.Http;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Api.Businesses;

/// <summary>How steps of the onboarding are called, and which operations do them.</summary>
internal static class OnboardingLinks
{
    public static string TitleOf(OnboardingStep step) => step switch
    {
        OnboardingStep.Account => "Create the business",
        OnboardingStep.Details => "Enter its details and contact",
        OnboardingStep.Plan => "Choose a plan",
        OnboardingStep.Settings => "Set currency, timezone, opening hours and delivery radius",
        OnboardingStep.Owner => "Have its owner join",
        OnboardingStep.PaymentGateway => "Connect a payment gateway",
        OnboardingStep.Categories => "Set up the first categories",
        OnboardingStep.Theme => "Choose the storefront's theme",
        OnboardingStep.Drivers => "Add drivers of its own",
        OnboardingStep.DriverPool => "Decide on the shared driver pool",
        OnboardingStep.Activation => "Publish the storefront",
        OnboardingStep.WelcomeEmail => "Welcome the owner by mail",
    };

    public static OnboardingLinkBody? OfOwner(OnboardingStep step) => step switch
    {
        OnboardingStep.Account => Link("GetBusiness", "GET", "/business"),
        OnboardingStep.Details => Link("ChangeBusinessProfile", "PATCH", "/business/profile"),
        OnboardingStep.Settings => Link("ChangeBusinessSettings", "PATCH", "/business/settings"),
        OnboardingStep.Owner => Link("InviteMember", "POST", "/business/team/invitations"),
        OnboardingStep.Categories => Link("CreateCategory", "POST", "/business/categories"),
        OnboardingStep.Theme => Link("ChangeStorefront", "PATCH", "/business/storefront"),
        OnboardingStep.Drivers => Link("AddDriver", "POST", "/business/drivers"),
        OnboardingStep.Activation => Link("PublishStorefront", "POST", "/business/storefront/publish"),
        OnboardingStep.WelcomeEmail => null,
        OnboardingStep.Plan or OnboardingStep.PaymentGateway or OnboardingStep.DriverPool =>
            Link("CompleteOnboardingStep", "POST", $"/business/onboarding/{Choice<OnboardingStep>.NameOf(step)}/complete"),
    };

    /// <summary>Operators have operations of their own for some; the others are for members.</summary>
    public static OnboardingLinkBody? OfOperator(OnboardingStep step, Guid business) => step switch
    {
        OnboardingStep.Account => Link("GetBusinessRecord", "GET", $"/admin/businesses/{business}"),
        OnboardingStep.Details or OnboardingStep.Settings => Link("UpdateBusiness", "PATCH", $"/admin/businesses/{business}"),
        OnboardingStep.Owner => Link("InviteOwner", "POST", $"/admin/businesses/{business}/owner-invitation"),
        OnboardingStep.Plan or OnboardingStep.PaymentGateway or OnboardingStep.DriverPool =>
            Link("CompleteOnboardingStepOf", "POST", $"/admin/businesses/{business}/onboarding/{Choice<OnboardingStep>.NameOf(step)}/complete"),
        OnboardingStep.Categories or OnboardingStep.Theme or OnboardingStep.Drivers or OnboardingStep.Activation or OnboardingStep.WelcomeEmail => OfOwner(step),
    };

    private static OnboardingLinkBody Link(string operation, string method, string path) => new(operation, method, ApiRoot.Base + path);
}
