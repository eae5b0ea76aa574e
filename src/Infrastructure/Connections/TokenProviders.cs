using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Connections;

/// <summary>The section <c>OAuth</c> of the configuration: as whom this installation is known to the providers that give tokens.</summary>
internal sealed class OAuthOptions
{
    public OAuthClient Google { get; set; } = new() { TokenUrl = "https://oauth2.googleapis.com/token" };

    /// <summary>Whether a start makes sense with them.</summary>
    public bool AreValid() => Uri.TryCreate(Google.TokenUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
}

internal sealed class OAuthClient
{
    public string TokenUrl { get; set; } = "";

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }
}

/// <summary>A test tenant's tokens are simulated. A live one without a configured client has none, and never simulated ones.</summary>
internal sealed class TokenProviders(ITenantContext tenant, SandboxTokens sandbox, IWebhookTransport transport, IOptions<OAuthOptions> options) : ITokenProviders
{
    public ITokenProvider Of(string provider) =>
        tenant.IsSandbox ? sandbox
        : provider is "google" && options.Value.Google is { ClientId.Length: > 0, ClientSecret.Length: > 0 } client ? new OAuthTokens(transport, client)
        : throw new DomainException(ConnectionErrors.ProviderNotConfigured);
}

/// <summary>
/// Gives tokens for an hour that follow from the refresh token and the time. A refresh token that begins with "refused" is refused, with "unavailable" there
/// is nobody to ask.
/// </summary>
internal sealed class SandboxTokens(TimeProvider clock) : ITokenProvider
{
    public Task<TokenAnswer> Refresh(string refreshToken, CancellationToken cancellationToken) => Task.FromResult<TokenAnswer>(
        refreshToken.StartsWith("refused", StringComparison.Ordinal) ? new(null, Refused: "invalid_grant")
        : refreshToken.StartsWith("unavailable", StringComparison.Ordinal) ? new(null, Unavailable: "connection_failed")
        : new(new(Name(refreshToken), RefreshToken: null, TimeSpan.FromHours(1))));

    private string Name(string refreshToken) =>
        $"sandbox_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{refreshToken}\n{clock.GetUtcNow():O}")).AsSpan(0, 16))}";
}
