using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// Access tokens as RFC 9068 and RFC 8725 describe them: ES256, type <c>at+jwt</c>. Only this product issues them, so their
/// header is always the same text and is compared, not interpreted: no other algorithm, key or header member can get in.
/// </summary>
internal sealed class AccessTokens(SigningKey key) : IAccessTokens
{
    private const string Issuer = "mainstreet";
    private const string Audience = "mainstreet-api";

    /// <summary>Of customers: what they hold is no token of the API's other parts, whatever role it names.</summary>
    private const string StorefrontAudience = "mainstreet-storefront";

    private const int MaxLength = 4096;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>A claim said twice would let two readers see two truths (RFC 8725, 2.6).</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 2 };

    private readonly string header = HeaderOf(key);

    /// <summary>Who may have signed, by the header of what they sign.</summary>
    private readonly (string Header, SigningKey Key)[] signers = [.. key.Previous.Prepend(key).Select(signer => (HeaderOf(signer), signer))];

    public TimeSpan Lifetime => TimeSpan.FromMinutes(15);

    public string Issue(AccessGrant grant, DateTimeOffset now)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["aud"] = AudienceOf(grant.Role),
            ["sub"] = grant.UserId.Value,
            ["tid"] = grant.TenantId.Value,
            ["role"] = grant.Role,
            ["sid"] = grant.SessionId,
            ["jti"] = grant.Jti,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var text = header + Base64Url.EncodeToString(claims);
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public AccessGrant? Validate(string token, DateTimeOffset now)
    {
        var end = token.LastIndexOf('.');
        if (token.Length > MaxLength
            || Array.Find(signers, known => token.StartsWith(known.Header, StringComparison.Ordinal)) is not ({ } start, { } signer) || end < start.Length
            || Decode(token.AsSpan(start.Length, end - start.Length)) is not { } claims
            || Decode(token.AsSpan(end + 1)) is not { } signature
            || !signer.Verify(Encoding.ASCII.GetBytes(token, 0, end), signature))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(claims, Strict);
            return Grant(document.RootElement, now);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;        // signed, but not claims: broken JSON, or text that is not Unicode
        }
    }

    private static string HeaderOf(SigningKey signer) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{signer.Id}}"}""")) + ".";

    private AccessGrant? Grant(JsonElement claims, DateTimeOffset now) =>
        claims.ValueKind is JsonValueKind.Object
        && Text(claims, "iss") == Issuer
        && Time(claims, "iat") is { } issued && issued <= now + Skew
        && Time(claims, "nbf") is { } from && from <= now + Skew
        && Time(claims, "exp") is { } until && until > now - Skew && until - issued <= Lifetime
        && Guid.TryParseExact(Text(claims, "sub"), "D", out var user)
        && Guid.TryParseExact(Text(claims, "tid"), "D", out var tenant)
        && Text(claims, "role") is { Length: > 0 } role && Text(claims, "aud") == AudienceOf(role)
        && Guid.TryParseExact(Text(claims, "sid"), "D", out var session)
        && Text(claims, "jti") is { Length: > 0 } jti
            ? new(new UserId(user), new TenantId(tenant), role, session, jti, until + Skew)
            : null;

    private static string AudienceOf(string role) => role == Roles.Customer ? StorefrontAudience : Audience;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whole seconds since 1970, up to the year 9999.</summary>
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Null unless this is the only way to write these bytes: the framework's decoder takes padding, spaces and stray last bits.</summary>
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }
}
