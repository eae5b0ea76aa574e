namespace Mainstreet.Domain.Flags;

/// <summary>Something that a plan includes or not (PLN-04).</summary>
public sealed record PlanFeature(string Name, string Description)
{
    public const string ApiAccess = "api_access";
    public const string ApiWhiteLabel = "api_white_label";
    public const string CustomDomain = "custom_domain";
    public const string CustomEmailTemplates = "custom_email_templates";
    public const string CustomIntegrations = "custom_integrations";
    public const string HidePlatformBranding = "hide_platform_branding";
    public const string Loyalty = "loyalty";
    public const string SmsNotifications = "sms_notifications";

    /// <summary>By name.</summary>
    public static IReadOnlyList<PlanFeature> All { get; } =
    [
        new("advanced_analytics", "Reports beyond the dashboard."),
        new(ApiAccess, "Programs use the API with keys of the business."),
        new(ApiWhiteLabel, "Answers of the API do not name the platform."),
        new("approval_workflow", "Steps that wait for somebody's approval."),
        new(CustomDomain, "The storefront under a domain of the business's own."),
        new(CustomEmailTemplates, "Mails in the business's own words."),
        new(CustomIntegrations, "Connections to systems that the platform does not know."),
        new(HidePlatformBranding, "Storefront and mails do not name the platform."),
        new("location_pricing", "Prices by place."),
        new(Loyalty, "Points for customers."),
        new("roi_calculator", "What an investment would return."),
        new("route_optimization", "The shortest way through several stops."),
        new("shared_pool", "Drivers of the platform's pool."),
        new("smart_scheduling", "Appointments proposed by load and distance."),
        new(SmsNotifications, "Notifications by SMS."),
    ];

    /// <summary>As in custom_domain_not_in_plan (403): the plan withholds what a step needs.</summary>
    public static DomainError NotInPlan(string feature) => new(
        $"{feature}_not_in_plan", $"The plan of this business does not include {feature}.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["feature"] = feature });

    public static bool IsKnown(string name) => All.Any(feature => feature.Name == name);
}
