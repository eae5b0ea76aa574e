using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// PayPal-Transmission-Sig: RSA with SHA-256, in Base64, over "{transmission id}|{transmission time}|{id of the webhook}|{CRC-32 of the body, in decimal}", by the
/// certificate at PayPal-Cert-Url. No account is named, so notifications go to the connection's own address.
/// </summary>
internal sealed class PayPal(PayPalCertificates certificates) : IInboundProvider
{
    private const string Id = "paypal-transmission-id";
    private const string Time = "paypal-transmission-time";
    private const string Signature = "paypal-transmission-sig";
    private const string Certificate = "paypal-cert-url";
    private const string Algorithm = "paypal-auth-algo";

    public string Name => "paypal";

    public IReadOnlyList<string> SignedIn => [Signature, Id, Time, Certificate, Algorithm];

    public string? AccountOf(InboundRequest request) => null;

    public async ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var shown = request.Headers;
        return credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var webhook)
            && shown.GetValueOrDefault(Algorithm) == "SHA256withRSA"
            && shown.TryGetValue(Signature, out var signature) && shown.TryGetValue(Certificate, out var url)
            && await certificates.Find(url, cancellationToken) is { } key
            && IsSignedBy(key, string.Create(CultureInfo.InvariantCulture, $"{shown.GetValueOrDefault(Id)}|{shown.GetValueOrDefault(Time)}|{webhook}|{Crc32(request.Body)}"), signature);
    }

    public InboundNotification Read(InboundRequest request)
    {
        JsonElement? e = request.Json();
        DateTimeOffset? created = DateTimeOffset.TryParse(e.Text("create_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        return Notifications.Of(request, e.Text("id"), e.Text("event_type"), created);
    }

    private static bool IsSignedBy(RSAParameters key, string text, string signature)
    {
        var signed = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, signed, out var length))
        {
            return false;
        }

        using var rsa = RSA.Create(key);
        return rsa.VerifyData(Encoding.UTF8.GetBytes(text), signed.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>As zlib has it (ISO 3309).</summary>
    private static uint Crc32(byte[] body)
    {
        var crc = uint.MaxValue;
        foreach (var value in body)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
