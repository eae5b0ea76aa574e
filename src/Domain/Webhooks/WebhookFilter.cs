using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Webhooks;

public enum WebhookFilterOp
{
    Eq,
    Ne,
    Gt,
    Gte,
    Lt,
    Lte,

    /// <summary>Is one of several.</summary>
    In,

    /// <summary>Is there, whatever it is; with false: is not there.</summary>
    Exists,
}

/// <summary>What the data of an event has to say so that the event is sent.</summary>
/// <param name="Path">JSON pointer into the data of the event: <c>/total/amount</c>.</param>
/// <param name="Value">A text, a number, true or false; a list of them for <see cref="WebhookFilterOp.In"/>.</param>
/// <param name="EventTypes">Event types or patterns that it is for; null: all. It lets others pass.</param>
public sealed partial record WebhookFilter(string Path, WebhookFilterOp Op, JsonElement? Value = null, string[]? EventTypes = null)
{
    public bool IsFor(string publicEventType) => EventTypes is null || EventTypePattern.AnyMatches(EventTypes, publicEventType);

    /// <summary>What is not there equals nothing, and is neither more nor less than anything. Numbers compare with numbers, texts with texts, by their characters.</summary>
    public bool Holds(JsonElement data)
    {
        var found = Find(data);
        return Op switch
        {
            WebhookFilterOp.Exists => found is not null == (Value is not { ValueKind: JsonValueKind.False }),
            WebhookFilterOp.Eq => found is { } one && Same(one, Value!.Value),
            WebhookFilterOp.Ne => !(found is { } one && Same(one, Value!.Value)),
            WebhookFilterOp.In => found is { } one && Value!.Value.EnumerateArray().Any(value => Same(one, value)),
            WebhookFilterOp.Gt => Order(found) > 0,
            WebhookFilterOp.Gte => Order(found) >= 0,
            WebhookFilterOp.Lt => Order(found) < 0,
            WebhookFilterOp.Lte => Order(found) <= 0,
        };
    }

    /// <param name="place">Its own pointer in the request.</param>
    internal void Validate(string place)
    {
        Check.That(Path is { Length: <= 200 } && Pointer().IsMatch(Path), WebhookEndpointErrors.FilterInvalid($"{place}/path", "A path is a JSON pointer into the data of an event, such as /total/amount."));
        Check.That(
            Value switch
            {
                null => Op is WebhookFilterOp.Exists,
                { ValueKind: JsonValueKind.Array } list => Op is WebhookFilterOp.In && list.GetArrayLength() is >= 1 and <= 50 && list.EnumerateArray().All(IsScalar),
                { ValueKind: JsonValueKind.True or JsonValueKind.False } => Op is WebhookFilterOp.Exists or WebhookFilterOp.Eq or WebhookFilterOp.Ne,
                { } value => Op is not (WebhookFilterOp.Exists or WebhookFilterOp.In) && IsScalar(value),
            },
            WebhookEndpointErrors.FilterInvalid($"{place}/value", "eq and ne compare with a text of at most 500 characters, a number, true or false; gt, gte, lt and lte with a text or a number; in with 1 to 50 of them; exists with true, false or nothing."));
        Check.That(
            EventTypes is null || (EventTypes.Length is >= 1 and <= 100 && EventTypes.All(WebhookEndpointSettings.IsPattern)),
            WebhookEndpointErrors.FilterInvalid($"{place}/event_types", "There are 1 to 100 event types such as order.placed or order.*, or none is named."));
    }

    private JsonElement? Find(JsonElement data)
    {
        var at = data;
        foreach (var step in Path.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (at.ValueKind is JsonValueKind.Object && at.TryGetProperty(step, out var member))
            {
                at = member;
            }
            else if (at.ValueKind is JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at.ValueKind is JsonValueKind.Null ? null : at;
    }

    /// <summary>Null where the two do not compare.</summary>
    private int? Order(JsonElement? found) => (found, Value) switch
    {
        ({ ValueKind: JsonValueKind.Number } one, { ValueKind: JsonValueKind.Number } other) => Compare(one, other),
        ({ ValueKind: JsonValueKind.String } one, { ValueKind: JsonValueKind.String } other) => string.CompareOrdinal(one.GetString(), other.GetString()),
        _ => null,
    };

    private static bool Same(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Compare(one, other) == 0,
        (JsonValueKind.String, JsonValueKind.String) => one.ValueEquals(other.GetString()),
        var (kind, otherKind) => kind == otherKind && kind is JsonValueKind.True or JsonValueKind.False,
    };

    private static int Compare(JsonElement one, JsonElement other) =>
        one.TryGetDecimal(out var exact) && other.TryGetDecimal(out var otherExact) ? exact.CompareTo(otherExact) : one.GetDouble().CompareTo(other.GetDouble());

    private static bool IsScalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length <= 500,
        JsonValueKind.Number => value.TryGetDouble(out var number) && double.IsFinite(number),
        JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    };

    [GeneratedRegex(@"\A(?:/(?:[^/~\x00-\x1F]|~[01]){1,100}){1,8}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pointer();
}
