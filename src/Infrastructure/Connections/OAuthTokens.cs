using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mainstreet.Application;
using Mainstreet.Application.Connections;

namespace Mainstreet.Infrastructure.Connections;

/// <summary>
/// The next access token as RFC 6749 has it (section 6): a form to the token endpoint. invalid_grant means that the business has to consent anew;
/// whatever else goes wrong is this installation's or the provider's, and passes.
/// </summary>
internal sealed class OAuthTokens(IWebhookTransport transport, OAuthClient client) : ITokenProvider
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1); // expires_in may be left out

    public async Task<TokenAnswer> Refresh(string refreshToken, CancellationToken cancellationToken)
    {
        var url = new Uri(client.TokenUrl);
        var answer = await transport.Send(new(url, Form(refreshToken), Headers, Sandbox: url.Scheme == Uri.UriSchemeHttp), cancellationToken);
        var said = Read(answer.Body);
        return answer switch
        {
            { Succeeded: true } when said is { AccessToken.Length: > 0 } => new(new(
                said.AccessToken, said.RefreshToken is { Length: > 0 } next ? next : null, said.ExpiresIn is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : UsualLife)),
            { Error: null, Status: 400 or 401 } when said is { Error: "invalid_grant" } => new(null, Refused: said.Error),
            _ => new(null, Unavailable: answer.Error ?? (said?.Error is { } code && IsCode(code) ? code : $"status_{answer.Status}")),
        };
    }

    private static Dictionary<string, string> Headers => new(StringComparer.Ordinal)
    {
        ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Accept"] = "application/json",
        ["User-Agent"] = "Mainstreet/1.0",
    };

    private byte[] Form(string refreshToken)
    {
        (string Name, string Value)[] fields =
        [
            ("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", client.ClientId ?? ""), ("client_secret", client.ClientSecret ?? ""),
        ];
        return Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
    }

    private static Said? Read(string? body)
    {
        try
        {
            return body is { Length: > 0 } ? JsonSerializer.Deserialize<Said>(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is shown to the business is a name, and no text of somebody else's.</summary>
    private static bool IsCode(string text) => text.Length <= 60 && text.All(character => char.IsAsciiLetterLower(character) || character is '_');

    private sealed record Said(
        [property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int? ExpiresIn, [property: JsonPropertyName("error")] string? Error);
}
