using Mainstreet.Api.Tests;
using Mainstreet.Domain;

namespace Mainstreet.Faults;

/// <summary>Who runs the platform of every process.</summary>
internal static class Operator
{
    public const string Email = "operator@example.com";

    /// <summary>By what the operator is known on the platform.</summary>
    public static async Task<string> Token(HttpClient http)
    {
        var signedIn = await new Session(http).Post("/auth/login", new { email = Email, password = Starters.Password }).Returns(200);
        return Starters.Token(await new Session(http, Starters.Token(signedIn)).Post("/auth/switch-business", new { business_id = TenantId.Platform.Value }).Returns(200));
    }
}
