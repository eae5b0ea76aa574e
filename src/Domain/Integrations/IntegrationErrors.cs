namespace Mainstreet.Domain.Integrations;

public static class IntegrationErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("integration");

    public static DomainError SettingInvalid(string name) => new(
        "setting_invalid", "Settings have names that the kind knows, each once, and values of 1 to 2,048 characters; what is secret belongs among the secrets, in printable ASCII.", ErrorKind.Invalid,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["setting"] = name });

    public static DomainError Incomplete(string[] missing) => new(
        "integration_incomplete", "Something that this kind needs is not set yet.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["missing"] = missing });
}
