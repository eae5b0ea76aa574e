namespace Mainstreet.Domain.Flags;

/// <summary>Something that a plan includes or not (PLN-04).</summary>
public sealed record PlanFeature(string Name, string Description)
{
    public const string ApiAccess = "api_access";

    /// <summary>By name.</summary>
    public static IReadOnlyList<PlanFeature> All { get; } =
    [
        new("advanced_analytics", "Reports beyond the dashboard."),
        new(ApiAccess, "Programs use the API with keys of the business."),
        new("api_white_label", "Answers of the API do not name the platform."),
        new("approval_workflow", "Steps that wait for somebody's approval."),
        new("custom_domain", "The storefront under a domain of the business's own."),
        new("custom_email_templates", "Mails in the business's own words."),
        new("custom_integrations", "Connections to systems that the platform does not know."),
        new("hide_platform_branding", "Storefront and mails do not name the platform."),
        new("location_pricing", "Prices by place."),
        new("loyalty", "Points for customers."),
        new("roi_calculator", "What an investment would return."),
        new("route_optimization", "The shortest way through several stops."),
        new("shared_pool", "Drivers of the platform's pool."),
        new("smart_scheduling", "Appointments proposed by load and distance."),
        new("sms_notifications", "Notifications by SMS."),
    ];

    public static bool IsKnown(string name) => All.Any(feature => feature.Name == name);
}
