using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application;

/// <summary>
/// Sends one webhook attempt to an address that a tenant chose, and so must never reach the inside of the network
/// (requirement 48). Nothing is followed, nothing is remembered between attempts.
/// </summary>
public interface IWebhookTransport
{
    /// <summary>What is wrong with a URL at registration; null when nothing is. Codes are in <see cref="WebhookErrors"/>.</summary>
    DomainError? Check(string url, bool sandbox);

    /// <summary>
    /// Posts the body and reports what came back. A failure on the way is an answer with an <see cref="WebhookResponse.Error"/>;
    /// only a cancellation by the caller throws.
    /// </summary>
    Task<WebhookResponse> Send(WebhookRequest request, CancellationToken cancellationToken);
}

/// <summary>One attempt. <paramref name="Sandbox"/> permits plain http to anywhere; it opens no other address.</summary>
public sealed record WebhookRequest(Uri Url, byte[] Body, IReadOnlyDictionary<string, string> Headers, bool Sandbox);

/// <summary>
/// What an attempt met. <paramref name="Body"/> holds at most the first 64 KB, without NUL characters, so that it can be stored.
/// <paramref name="Error"/> is one of <see cref="WebhookErrors"/>; <paramref name="Status"/> may accompany it when the answer broke off.
/// </summary>
public sealed record WebhookResponse(int? Status, string? Body, TimeSpan Duration, string? Error, TimeSpan? RetryAfter)
{
    /// <summary>Any complete 2xx answer; a redirect is a failure.</summary>
    public bool Succeeded => Error is null && Status is >= 200 and < 300;
}

/// <summary>Stable codes of what can go wrong on the way to a receiver.</summary>
public static class WebhookErrors
{
    public const string UrlInvalid = "url_invalid";
    public const string HttpsRequired = "https_required";
    public const string PortRefused = "port_refused";
    public const string AddressRefused = "address_refused";
    public const string NameNotResolved = "name_not_resolved";
    public const string ConnectionFailed = "connection_failed";
    public const string TlsFailed = "tls_failed";
    public const string InvalidResponse = "invalid_response";
    public const string Timeout = "timeout";
}

/// <param name="Secret">What signs: <c>whsec_</c>, known to the receiver as well, or <c>whsk_</c>, known to nobody else; and base64.</param>
/// <param name="PublicKey">What verifies a private key's signatures: <c>whpk_</c> and base64. Null: the secret itself does.</param>
public sealed record WebhookKey(string Secret, string? PublicKey);

/// <summary>Signs webhooks as the Standard Webhooks specification says.</summary>
public interface IWebhookSigner
{
    /// <summary>A new key of 32 random bytes. Errors: signature_unavailable (422).</summary>
    WebhookKey NewKey(WebhookSignature signature);

    /// <summary>
    /// The headers <c>webhook-id</c>, <c>webhook-timestamp</c> (Unix seconds) and <c>webhook-signature</c>: one signature per secret,
    /// so that a receiver can verify with either while a secret is rotated. A secret's prefix says which scheme it is for.
    /// </summary>
    IReadOnlyDictionary<string, string> Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, params IReadOnlyList<string> secrets);
}
