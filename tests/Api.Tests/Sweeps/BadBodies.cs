using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>A request that has to be refused.</summary>
/// <param name="What">Is wrong with it.</param>
/// <param name="Status">What it has to answer; 0: 400 to 499.</param>
/// <param name="Place">The pointer or parameter that the answer has to name; null: its code says enough.</param>
internal sealed record BadRequest(string What, ApiRequest Request, int Status = 0, string? Place = null);

/// <summary>What can be wrong with a JSON body, from the document's description of a right one.</summary>
internal sealed class BadBodies(Calls calls)
{
    private static readonly string[] broken = ["{", "nul", "{\"a\":1,}", "{}{}", "{\"a\":1 /* b */}", "{'a':1}", "{\"a\":NaN}", "[1", "\"", "{\"\\uD800\":1"];

    /// <summary>What a member of each type cannot be.</summary>
    private static readonly Dictionary<string, string[]> wrong = new(StringComparer.Ordinal)
    {
        ["string"] = ["1", "true", "{}", "[]"],
        ["integer"] = ["\"1\"", "true", "{}", "[]", "1.5", "99999999999999999999", "1e999"],
        ["number"] = ["\"1\"", "true", "{}", "[]", "1e999"],
        ["boolean"] = ["\"true\"", "1", "{}", "[]"],
        ["array"] = ["\"x\"", "1", "true", "{}"],
        ["object"] = ["\"x\"", "1", "true", "[]"],
    };

    /// <summary>Numbers that may be below zero: what is missing from the shelf, places south and west, an order of display.</summary>
    private static readonly string[] signed = ["delta", "latitude", "longitude", "display_order"];

    public IEnumerable<BadRequest> Of(ApiOperation operation) =>
        operation.Body is null ? [] : Whole(operation).Concat(operation.Members.SelectMany(member => Of(operation, member)));

    private IEnumerable<BadRequest> Whole(ApiOperation operation)
    {
        var good = calls.Bodies.Of(operation).ToJsonString();
        foreach (var text in broken)
        {
            yield return Raw(operation, $"body {text}", text);
        }

        foreach (var text in (string[])["[]", "\"x\"", "1", "true"])
        {
            yield return Raw(operation, $"body {text}", text) with { Place = "" };
        }

        yield return Raw(operation, "half a body", good[..^1]);
        yield return Raw(operation, "two bodies", good + good);
        yield return Raw(operation, "a deep body", new string('[', 100) + new string(']', 100));
        yield return Raw(operation, "a bottomless body", new string('[', 100_000));
        yield return Raw(operation, "an unknown member", With(good, "\"no_such_member\":1")) with { Place = "/no_such_member" };
        yield return Raw(operation, "a deep member", With(good, $"\"no_such_member\":{new string('[', 100)}{new string(']', 100)}"));
        yield return Raw(operation, "NUL in a name", With(good, "\"no\\u0000such\":1"));
        yield return new(operation + ": bytes that are no UTF-8", Make(operation, Bytes([.. Encoding.UTF8.GetBytes(good[..^1]), (byte)'"', 0xC3, 0x28, (byte)'"'], "application/json")), 400, "");
        foreach (var type in (string?[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16", null])
        {
            yield return new($"{operation}: body of type {type}", Make(operation, Bytes(Encoding.UTF8.GetBytes(good), type)), 415);
        }
    }

    private IEnumerable<BadRequest> Of(ApiOperation operation, BodyMember member)
    {
        foreach (var value in member.Type is null ? [] : wrong[member.Type])
        {
            yield return Member(operation, member, value, 400);
        }

        if (member.Required)
        {
            yield return Member(operation, member, "null", 400);
        }

        if (member is { Required: true, IsElement: false })
        {
            yield return Json(operation, $"without {member.Pointer}", calls.Bodies.Without(operation, member).ToJsonString(), 400) with { Place = member.Pointer };
        }

        foreach (var bad in Values(member).Where(bad => bad.IsSyntax || !(AnswersEach(operation, member) || TakesLess(operation, bad.Value))))
        {
            yield return bad.IsSyntax ? Member(operation, member, bad.Value, 400) : Member(operation, member, bad.Value, 0) with { Place = null };
        }
    }

    /// <summary>Each part is answered for itself, the others being taken: it is not the request that is refused.</summary>
    private static bool AnswersEach(ApiOperation operation, BodyMember member) => (operation.Id, member.Pointer.Split('/')) is ("SyncSales", [_, "sales", _, ..]) or ("ChangeOrderStatuses", [_, "items", _, ..]);

    /// <summary>A payout is adjusted by more or by less.</summary>
    private static bool TakesLess(ApiOperation operation, string value) => operation.Id == "AdjustPayout" && value.StartsWith('-');

    /// <summary>Values of the right type that are wrong by themselves.</summary>
    private static IEnumerable<(string Value, bool IsSyntax)> Values(BodyMember member) => member switch
    {
        { Type: "string", Choices: not null } => [("\"no_such_choice\"", true), ("\"\"", true)],
        { Format: "uuid" or "date-time" or "time" } => [("\"x\"", true), ("\"\"", true), ("\"\\u0000\"", true)],
        { Type: "string" } => [("\"a\\u0000b\"", true), ("\"a\\ud800b\"", true), ($"\"{new string('x', 100_001)}\"", false), .. member.Required ? [("\" \"", false)] : Array.Empty<(string, bool)>()],
        { Type: "integer" or "number" } when !signed.Contains(member.Name) => [("-1", false), ("-99999999999", false), ("1e300", false)],
        { Type: "integer" or "number" } => [("1e300", false)],
        _ => [],
    };

    private BadRequest Member(ApiOperation operation, BodyMember member, string value, int status)
    {
        // a value that no JsonNode can hold takes the place of a mark
        var body = calls.Bodies.With(operation, member, "@mark@").ToJsonString().Replace("\"@mark@\"", value, StringComparison.Ordinal);
        return Json(operation, $"{member.Pointer} = {(value.Length > 100 ? "a long text" : value)}", body, status) with { Place = member.Pointer };
    }

    private static string With(string body, string member) => body == "{}" ? $"{{{member}}}" : $"{body[..^1]},{member}}}";

    private BadRequest Raw(ApiOperation operation, string what, string text) => Json(operation, what, text, 400);

    private BadRequest Json(ApiOperation operation, string what, string text, int status) => new($"{operation}: {what}", Make(operation, text), status);

    private ApiRequest Make(ApiOperation operation, object body) => calls.Make(operation, body: body);

    internal static ByteArrayContent Bytes(byte[] bytes, string? type) =>
        new(bytes) { Headers = { ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type) } };
}
