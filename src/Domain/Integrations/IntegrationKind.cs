namespace Mainstreet.Domain.Integrations;

public enum IntegrationFieldType
{
    Text,
    Url,
}

/// <summary>Something that a kind of integration has to know.</summary>
/// <param name="Secret">It is kept sealed, and never shown again.</param>
public sealed record IntegrationField(string Name, IntegrationFieldType Type, bool Required, bool Secret, string Description);

/// <summary>A system that a business can be connected to (TEN-19), and what has to be known of it.</summary>
public sealed record IntegrationKind(string Name, string Description, IntegrationField[] Fields)
{
    /// <summary>Where it is reached; every kind has it.</summary>
    public const string Url = "url";

    public static IReadOnlyList<IntegrationKind> All { get; } =
    [
        new("accounting", "The bookkeeping.",
        [
            Address, Text("company", required: true, "The company's number there."), Secret("api_key", required: true, "With which it lets the business in."),
        ]),
        new("custom_http", "Any system that takes JSON by POST.", [Address, Secret("token", required: false, "Sent as Authorization: Bearer.")]),
        new("marketing", "Newsletters and campaigns.",
        [
            Address, Text("list", required: false, "The list there."), Secret("api_key", required: true, "With which it lets the business in."),
        ]),
    ];

    /// <summary>Errors: not_found (404).</summary>
    public static IntegrationKind Get(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new DomainException(DomainError.NotFound("integration"));

    private static IntegrationField Address => new(Url, IntegrationFieldType.Url, Required: true, Secret: false, "Where it is reached, by https.");

    private static IntegrationField Text(string name, bool required, string description) => new(name, IntegrationFieldType.Text, required, Secret: false, description);

    private static IntegrationField Secret(string name, bool required, string description) => new(name, IntegrationFieldType.Text, required, Secret: true, description);
}
