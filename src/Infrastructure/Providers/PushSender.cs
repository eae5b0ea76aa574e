using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Notifications;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Web push (RFC 8030). Endpoints are addresses that strangers chose, so they are reached by the transport of webhooks, which goes nowhere inside. A message sent
/// again under its key has the same topic: a push service puts it in the place of the first one, and a page that knows its tag does so too.
/// </summary>
internal sealed class PushSender(ITenantContext tenant, SandboxOutbox outbox, IWebhookTransport transport, IOptions<PushOptions> options) : IPushSender
{
    private const int LongestBody = 1_200;
    private static readonly JsonSerializerOptions plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // no page has it in its text
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stays = TimeSpan.FromHours(6);

    /// <summary>A test tenant's pushes are sent by nobody, so its pages subscribe with a key whose other half nobody has: the curve's base point.</summary>
    private const string SandboxKey = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

    public string? PublicKey
    {
        get
        {
            if (Key is not { } key)
            {
                return tenant.IsSandbox ? SandboxKey : null;
            }

            using var own = WebPushCrypto.Import(key);
            return Base64Url.EncodeToString(WebPushCrypto.PublicKey(own));
        }
    }

    private byte[]? Key => options.Value.PrivateKey is { } key ? Base64Url.DecodeFromChars(key) : null;

    public bool CanReach(PushDevice device) =>
        Decode(device.P256dh) is { } key && WebPushCrypto.IsPublicKey(key) && Decode(device.Auth) is { Length: WebPushCrypto.SecretSize };

    public async Task<SendOutcome> Send(PushMessage message, CancellationToken cancellationToken)
    {
        if (tenant.IsSandbox)
        {
            await outbox.Keep(message);
            return SendOutcome.Taken(null);
        }

        if (Key is not { } key)
        {
            return SendOutcome.Refused("channel_not_configured");
        }

        // at once: a device that does not answer keeps nobody waiting but itself
        var answers = await Task.WhenAll(message.Devices.Where(CanReach).Select(device => transport.Send(Request(message, device, key), cancellationToken)));
        if (answers.Any(answer => answer.Succeeded))
        {
            return SendOutcome.Taken(null);
        }

        if (answers.Where(IsForLater).ToArray() is [_, ..] late)
        {
            throw new UnavailableException(
                "push_unavailable", "The push service takes nothing now.", late.Max(answer => answer.RetryAfter > UsualPause ? answer.RetryAfter.Value : UsualPause));
        }

        return SendOutcome.Refused(answers switch
        {
            [] => "no_recipient",
            [.., { Error: { } error }] => $"push_{error}",
            [.., var last] => $"push_http_{last.Status}",
        });
    }

    /// <summary>What has gone wrong on the way may go better; an address that is refused stays so.</summary>
    private static bool IsForLater(WebhookResponse answer) =>
        answer is { Status: 429 or >= 500 } or { Error: WebhookErrors.Timeout or WebhookErrors.ConnectionFailed or WebhookErrors.NameNotResolved };

    private WebhookRequest Request(PushMessage message, PushDevice device, byte[] key)
    {
        var (endpoint, topic) = (new Uri(device.Endpoint), Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(message.IdempotencyKey)).AsSpan(0, 24)));
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var text = JsonSerializer.SerializeToUtf8Bytes(new { title = Cut(message.Title), body = Cut(message.Text), url = message.Link, tag = topic }, plain);
        var body = WebPushCrypto.Encrypt(text, Decode(device.P256dh)!, Decode(device.Auth)!, own, RandomNumberGenerator.GetBytes(16));
        return new(
            endpoint,
            body,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Authorization"] = WebPushCrypto.Vapid(key, endpoint.GetLeftPart(UriPartial.Authority), options.Value.Subject!, TimeProvider.System.GetUtcNow()),
                ["Content-Encoding"] = "aes128gcm",
                ["Content-Type"] = "application/octet-stream",
                ["TTL"] = ((int)Stays.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                ["Topic"] = topic,
                ["Urgency"] = "normal",
            },
            Sandbox: false);
    }

    private static string Cut(string text) => Encoding.UTF8.GetByteCount(text) <= LongestBody ? text : text[..(LongestBody / 4)];

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
