using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>
/// Which part of a list to read (requirements 9.7). A query reads <see cref="Rows"/> rows that follow <see cref="After"/>
/// in its order, and lets <see cref="Cut"/> make the page.
/// </summary>
/// <param name="Limit">1 to 100 rows.</param>
/// <param name="Cursor">As an earlier page gave it, or null for the first page.</param>
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? Cursor = null)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 100;

    /// <summary>One row more than the page holds, which tells whether another page follows.</summary>
    public int Rows => Limit + 1;

    /// <summary>
    /// The sort values of the last row of the page before; null for the first page. <paramref name="query"/> names the list
    /// with its filters and order, because a cursor makes no sense in another. Errors: invalid_cursor (400).
    /// </summary>
    public CursorValues? After(string query) => Cursor is null ? null : CursorCodec.Decode(Cursor, query);

    /// <param name="rows">Up to <see cref="Rows"/> rows, in order.</param>
    /// <param name="query">As for <see cref="After"/>.</param>
    /// <param name="sortValues">The values that the list is ordered by; the last one is unique.</param>
    public Page<T> Cut<T>(IReadOnlyList<T> rows, string query, Func<T, object?[]> sortValues)
    {
        if (rows.Count <= Limit)
        {
            return new(rows, HasMore: false, NextCursor: null);
        }

        var page = rows.Take(Limit).ToArray();
        return new(page, HasMore: true, CursorCodec.Encode(query, sortValues(page[^1])));
    }
}

/// <summary>The sort values inside a cursor, in the order of the list's sort columns.</summary>
public sealed class CursorValues(JsonElement[] values)
{
    public string Text(int index) => Read(index, value => value.GetString()!);

    public string? TextOrNull(int index) => Read(index, value => value.GetString());

    public long Number(int index) => Read(index, value => value.GetInt64());

    public decimal Quantity(int index) => Read(index, value => value.GetDecimal());

    public Guid Id(int index) => Read(index, value => value.GetGuid());

    public DateTimeOffset Time(int index) => Read(index, value => value.GetDateTimeOffset());

    public DateOnly Date(int index) => DateOnly.TryParse(Text(index), CultureInfo.InvariantCulture, out var date) ? date : throw CursorCodec.Invalid();

    private T Read<T>(int index, Func<JsonElement, T> read)
    {
        try
        {
            return index < values.Length ? read(values[index]) : throw CursorCodec.Invalid();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw CursorCodec.Invalid();
        }
    }
}

/// <summary>
/// Cursors are base64url of a JSON array: the hash of the query, then the sort values. Opaque to callers, but not secret:
/// a forged one reads nothing that the list itself would not show.
/// </summary>
internal static class CursorCodec
{
    public static string Encode(string query, object?[] values) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((object?[])[Hash(query), .. values], StoredJson.Options));

    public static CursorValues Decode(string cursor, string query)
    {
        try
        {
            var values = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor), StoredJson.Options);
            return values is [{ ValueKind: JsonValueKind.String } hash, ..] && hash.ValueEquals(Hash(query)) ? new(values[1..]) : throw Invalid();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid();
        }
    }

    public static DomainException Invalid()
    {
        const string code = "invalid_cursor";
        const string message = "The cursor does not belong to this list with these filters. Begin without one.";
        var fault = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code, ["message"] = message, ["parameter"] = "cursor" };
        return new(new(code, message, ErrorKind.Invalid, new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = new[] { fault } }));
    }

    private static string Hash(string query) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, 6));
}
