using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Mainstreet.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Inbound;

/// <summary>The section <c>Inbound</c> of the configuration.</summary>
internal sealed class InboundOptions
{
    /// <summary>Where Google publishes the keys with which it signs (RFC 7517).</summary>
    public string GoogleKeysUrl { get; set; } = "https://www.googleapis.com/oauth2/v3/certs";

    /// <summary>Below which addresses PayPal keeps the certificates with which it signs.</summary>
    public string[] PayPalCertificates { get; set; } = ["https://api.paypal.com/v1/notifications/certs/", "https://api.sandbox.paypal.com/v1/notifications/certs/"];

    /// <summary>Whether a start makes sense with them.</summary>
    public bool AreValid() => IsAddress(GoogleKeysUrl) && Array.TrueForAll(PayPalCertificates, prefix => IsAddress(prefix) && prefix.EndsWith('/'));

    /// <summary>A name below one of the addresses, and nothing that leads elsewhere or is another name of the same.</summary>
    public bool IsOfPayPal(string certificate) => Array.Exists(
        PayPalCertificates,
        prefix => certificate.StartsWith(prefix, StringComparison.Ordinal) && certificate.Length > prefix.Length
            && certificate.AsSpan(prefix.Length).ContainsAnyExcept(CertificateName) is false);

    private static readonly System.Buffers.SearchValues<char> CertificateName =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
}

/// <summary>
/// The public keys with which Google signs, looked up at most once a minute and kept for as long as they answer. A key that is not among them is asked
/// for again, because keys change every few days.
/// </summary>
internal sealed class GoogleKeys(IOptions<InboundOptions> options, IOptions<WebhookOptions> network, Resolve resolve, TimeProvider clock) : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private readonly HttpClient http = new(GuardedHttp.Handler(network.Value.AddressPolicy(), network.Value, resolve)) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    private Dictionary<string, RSAParameters> known = new(StringComparer.Ordinal);
    private DateTimeOffset lookedAt;

    public async Task<RSAParameters?> Find(string kid, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(kid, out var key))
        {
            return key;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!known.ContainsKey(kid) && clock.GetUtcNow() - lookedAt >= Pause)
            {
                lookedAt = clock.GetUtcNow();
                known = Read(await http.GetByteArrayAsync(options.Value.GoogleKeysUrl, cancellationToken));
            }

            return known.TryGetValue(kid, out key) ? key : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or FormatException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null; // refused for now: who pushes comes again
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    private static Dictionary<string, RSAParameters> Read(byte[] jwks) => JsonSerializer.Deserialize<JsonElement>(jwks).GetProperty("keys").EnumerateArray()
        .Where(key => key.GetProperty("kty").GetString() == "RSA")
        .ToDictionary(
            key => key.GetProperty("kid").GetString()!,
            key => new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()), Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()) },
            StringComparer.Ordinal);
}
