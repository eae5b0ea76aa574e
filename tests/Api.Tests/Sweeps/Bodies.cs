using System.Text.Json.Nodes;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>Request bodies made from what the document says of them.</summary>
/// <param name="values">What a member's name says better than its type; null: nothing.</param>
internal sealed class Bodies(Func<ApiOperation, BodyMember, JsonNode?> values)
{
    /// <summary>One of several members is needed, which the document cannot say.</summary>
    private static readonly Dictionary<string, string> oneOf = new(StringComparer.Ordinal)
    {
        ["AddVariant"] = "/name",
        ["AdvanceTestClock"] = "/by",
        ["AmendOrder"] = "/lines", // or some to add
        ["GuestCheckout"] = "/storefront", // or a publishable key
        ["RequestWebhookReplay"] = "/from_position",
        ["SubmitProof"] = "/code",
    };

    /// <summary>A body with all that is needed, and nothing else.</summary>
    public JsonObject Of(ApiOperation operation)
    {
        var body = Sample(operation, operation.Body!).AsObject();
        if (oneOf.TryGetValue(operation.Id, out var pointer))
        {
            var member = operation.Members.Single(member => member.Pointer == pointer);
            body[member.Name] = Sample(operation, member);
        }

        return body;
    }

    /// <summary>As <see cref="Of"/>, with a value for one of the members that are not needed, or another one for one that is.</summary>
    public JsonObject With(ApiOperation operation, BodyMember member, JsonNode? value)
    {
        var body = Of(operation);
        if (member.IsElement)
        {
            Owner(operation, body, member)[0] = value;
        }
        else
        {
            Owner(operation, body, member)[member.Name] = value;
        }

        return body;
    }

    /// <summary>As <see cref="Of"/>, without one that is needed.</summary>
    public JsonObject Without(ApiOperation operation, BodyMember member)
    {
        var body = Of(operation);
        Owner(operation, body, member).AsObject().Remove(member.Name);
        return body;
    }

    /// <summary>What holds the member; made, with all that is above it, where the body has no such part yet.</summary>
    private JsonNode Owner(ApiOperation operation, JsonObject body, BodyMember member)
    {
        JsonNode node = body;
        foreach (var above in operation.Members.Where(above => member.Pointer.StartsWith(above.Pointer + "/", StringComparison.Ordinal)))
        {
            node = above.IsElement ? node[0]! : node[above.Name] ??= Sample(operation, above);
        }

        return node;
    }

    private JsonNode Sample(ApiOperation operation, BodyMember member) => values(operation, member) ?? member switch
    {
        { Choices: [{ } first, ..] } => first.DeepClone(),
        { Type: "array" } => new JsonArray(Sample(operation, member.Parts[0])),
        { Type: "object" } => new JsonObject(member.Parts.Where(part => part.Required).Select(part => KeyValuePair.Create(part.Name, (JsonNode?)Sample(operation, part)))),
        { Type: "integer" or "number" } => 1,
        { Type: "boolean" } => true,
        { Format: "uuid" } => Guid.NewGuid().ToString(),
        { Format: "date-time" } => "2030-01-02T03:04:05Z",
        { Format: "time" } => "10:00:00",
        { Type: "string" or null } => "something",
        _ => throw new InvalidOperationException($"The sweeps have no sample for {operation} {member.Pointer} of type {member.Type} {member.Format}: give Bodies one."),
    };
}
