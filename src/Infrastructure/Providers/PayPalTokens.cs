using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>PayPal's access tokens, by whose they are, for as long as they are good.</summary>
internal sealed class PayPalTokens(TimeProvider clock)
{
    /// <summary>One that ends while it is on its way is of no use.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    /// <param name="id">Of the application.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="authorize">Gets a new one; null: PayPal does not know them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> Find(string id, string secret, Func<CancellationToken, Task<(string Token, TimeSpan GoodFor)?>> authorize, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(KeyOf(id, secret), out var kept) && kept.Until > now)
        {
            return kept.Token;
        }

        foreach (var (key, _) in known.Where(entry => entry.Value.Until <= now))
        {
            known.TryRemove(key, out _);
        }

        if (await authorize(cancellationToken) is not var (token, goodFor))
        {
            return null;
        }

        known[KeyOf(id, secret)] = (token, now + goodFor - Reserve);
        return token;
    }

    public void Forget(string id, string secret) => known.TryRemove(KeyOf(id, secret), out _);

    private static string KeyOf(string id, string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{secret}")));
}
