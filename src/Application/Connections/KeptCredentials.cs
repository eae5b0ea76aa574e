using Mainstreet.Domain;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Application.Connections;

/// <summary>Credentials of a request, checked, and the ids under which they are kept: the same ones when the request is repeated.</summary>
internal sealed record KeptCredentials(ConnectionSecret[] Secrets, IReadOnlyDictionary<string, string> Values, DateTimeOffset? ExpiresAt)
{
    /// <summary>Errors: credential_required, credential_unknown, credential_invalid (400), provider_not_configured (422).</summary>
    public static KeptCredentials Of(ConnectionProvider provider, GivenCredentials? credentials, ITokenProviders tokens, ITenantContext context, TimeProvider clock)
    {
        if (credentials is null)
        {
            return new([], new Dictionary<string, string>(StringComparer.Ordinal), null);
        }

        provider.CheckCredentials(credentials.Values);
        if (provider.HasTokens)
        {
            tokens.Of(provider.Name);
        }

        var now = clock.GetUtcNow();
        var command = context.CommandId.ToString();
        return new(
            [.. credentials.Values.Keys.Select(name => new ConnectionSecret(name, Uuid.Named("connection_secret", command, name), now))], credentials.Values,
            credentials.Values.ContainsKey(ConnectionProvider.AccessToken) ? now + credentials.ExpiresIn : null);
    }

    public async Task Keep(ISealedSecrets store, CancellationToken cancellationToken)
    {
        foreach (var secret in Secrets)
        {
            await store.Keep(secret.Id, Values[secret.Name], cancellationToken);
        }
    }

    public override string ToString() => $"{Secrets.Length} credentials";
}
