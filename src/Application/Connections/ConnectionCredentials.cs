using Mainstreet.Domain.Connections;

namespace Mainstreet.Application.Connections;

public static class ConnectionCredentials
{
    /// <summary>What the connection is opened with, by name: those that are still kept.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Credentials(this Connection connection, ISealedSecrets secrets, CancellationToken cancellationToken)
    {
        var kept = await secrets.Find([.. connection.Secrets.Select(secret => secret.Id)], cancellationToken);
        return connection.Secrets.Where(secret => kept.ContainsKey(secret.Id)).ToDictionary(secret => secret.Name, secret => kept[secret.Id], StringComparer.Ordinal);
    }
}
