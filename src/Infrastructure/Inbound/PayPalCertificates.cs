using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mainstreet.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Inbound;

/// <summary>
/// The certificates with which PayPal signs. A notification says where its own stands, and is believed where that is PayPal's; each is looked up once, and what cannot
/// be had is asked for at most once a minute.
/// </summary>
internal sealed class PayPalCertificates(IOptions<InboundOptions> options, IOptions<WebhookOptions> network, Resolve resolve, TimeProvider clock) : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int Most = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private readonly HttpClient http = new(GuardedHttp.Handler(network.Value.AddressPolicy(), network.Value, resolve)) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    private readonly ConcurrentDictionary<string, (RSAParameters Key, DateTimeOffset Until)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> failed = new(StringComparer.Ordinal);

    /// <summary>The public key; null: it is none of PayPal's, has ended, or cannot be had now.</summary>
    public async Task<RSAParameters?> Find(string url, CancellationToken cancellationToken)
    {
        if (!options.Value.IsOfPayPal(url))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (known.TryGetValue(url, out var kept))
        {
            return kept.Until > now ? kept.Key : null;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!known.TryGetValue(url, out kept))
            {
                if (failed.TryGetValue(url, out var at) && now - at < Pause)
                {
                    return null;
                }

                MakeRoom(now);
                failed[url] = now;
                known[url] = kept = Read(await http.GetStringAsync(url, cancellationToken));
            }

            return kept.Until > now ? kept.Key : null;
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null; // refused for now: PayPal comes again
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

    /// <summary>Whatever strangers name as PayPal's, the memory of it is small.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (url, _) in failed.Where(one => now - one.Value >= Pause || failed.Count >= Most))
        {
            failed.TryRemove(url, out _);
        }

        foreach (var (url, _) in known.OrderBy(one => one.Value.Until).Take(Math.Max(0, known.Count - Most + 1)))
        {
            known.TryRemove(url, out _);
        }
    }

    private static (RSAParameters Key, DateTimeOffset Until) Read(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey() ?? throw new CryptographicException("The certificate has no RSA key.");
        return (key.ExportParameters(includePrivateParameters: false), new DateTimeOffset(certificate.NotAfter));
    }
}
