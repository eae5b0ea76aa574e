using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;

namespace Mainstreet.Infrastructure.Inbound;

/// <summary>What schemes of several providers are made of. Every comparison takes as long whatever it finds.</summary>
internal static class Signatures
{
    public static bool Same(string? shown, string expected) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    public static byte[] Hmac(string secret, params ReadOnlySpan<byte[]> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        foreach (var part in parts)
        {
            hmac.AppendData(part);
        }

        return hmac.GetHashAndReset();
    }
}

/// <summary>What notifications of several providers are read with. Whatever is not there reads null; what is no JSON is refused.</summary>
internal static class Notifications
{
    private const int LongestId = 200;
    private const int LongestType = 100;

    /// <summary>The object that a body is, or the first of an array. Errors: inbound_malformed (400).</summary>
    public static JsonElement Json(this InboundRequest request)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(request.Body);
            root = root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            return root.ValueKind is JsonValueKind.Object ? root : throw new DomainException(InboundErrors.Malformed);
        }
        catch (JsonException)
        {
            throw new DomainException(InboundErrors.Malformed);
        }
    }

    /// <summary>The fields of a form. Errors: inbound_malformed (400), also for what no text of the database can hold.</summary>
    public static Dictionary<string, string> Form(this InboundRequest request) => Form(request.Body);

    /// <inheritdoc cref="Form(InboundRequest)" />
    public static Dictionary<string, string> Form(byte[] body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=', 2);
            fields[Unescape(parts[0])] = parts.Length > 1 ? Unescape(parts[1]) : "";
        }

        return fields.Count > 0 && !fields.Values.Any(value => value.Contains('\0', StringComparison.Ordinal)) ? fields : throw new DomainException(InboundErrors.Malformed);
    }

    public static JsonElement? At(this JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } owner && Sound(() => owner.TryGetProperty(name, out var value) ? value : default) is
        { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } there ? there : null;

    public static JsonElement? First(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : null;

    public static IEnumerable<JsonElement> Each(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A text, or a number as text. Errors: inbound_malformed (400) for what no text can hold: NUL, half a character, broken UTF-8.</summary>
    public static string? Text(this JsonElement? element, string name) => element.At(name) switch
    {
        { ValueKind: JsonValueKind.String } text => Read(text) is { Length: > 0 } said ? said : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static DateTimeOffset? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <param name="request">By whose hash it is known where the provider gives it no id.</param>
    /// <param name="id">The provider's own.</param>
    /// <param name="type">As the provider calls it. Errors: inbound_malformed (400) without one.</param>
    /// <param name="occurredAt">As the provider says.</param>
    public static InboundNotification Of(InboundRequest request, string? id, string? type, DateTimeOffset? occurredAt) => new(
        id is { Length: > 0 and <= LongestId } ? id : $"sha256:{Convert.ToHexStringLower(id is null ? SHA256.HashData(request.Body) : SHA256.HashData(Encoding.UTF8.GetBytes(id)))}",
        type is { Length: > 0 and <= LongestType } ? type : throw new DomainException(InboundErrors.Malformed), occurredAt);

    private static string Read(JsonElement text) =>
        Sound(text.GetString) is { } said && !said.Contains('\0', StringComparison.Ordinal) ? said : throw new DomainException(InboundErrors.Malformed);

    /// <summary>A name or a text, which may hold half of a surrogate pair.</summary>
    private static T Sound<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new DomainException(InboundErrors.Malformed);
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
