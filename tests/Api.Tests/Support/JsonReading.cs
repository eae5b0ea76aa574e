using System.Text.Json;

namespace Mainstreet.Api.Tests;

/// <summary>Members of answers.</summary>
internal static class JsonReading
{
    public static string[] Texts(this IEnumerable<JsonElement> things, string member) => [.. things.Select(thing => thing.Text(member)!)];

    /// <summary>Any scalar as it is written; null when the member is absent or null.</summary>
    public static string? Text(this JsonElement thing, string member) =>
        thing.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    public static JsonElement[] List(this JsonElement thing, string member) => [.. thing.GetProperty(member).EnumerateArray()];

    /// <summary>The minor units of an amount of money.</summary>
    public static long Cents(this JsonElement thing, string member) => thing.GetProperty(member).GetProperty("amount").GetInt64();
}
