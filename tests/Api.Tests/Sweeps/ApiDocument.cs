using System.Text.Json.Nodes;

namespace Mainstreet.Api.Tests.Sweeps;

/// <param name="In">path, query or header</param>
internal sealed record ApiParameter(string Name, string In, bool Required, JsonObject Schema);

/// <param name="Path">With its values in braces, such as /api/v1/business/orders/{order_id}.</param>
/// <param name="Body">The root of its JSON body; null where it takes none.</param>
/// <param name="TakesFile">Its body is a file.</param>
/// <param name="AsksFor">A permission, or <see cref="SignIn"/>, <see cref="Customer"/> or <see cref="Nothing"/>.</param>
/// <param name="StepsUp">It wants the PIN.</param>
/// <param name="StepsKeysUp">It wants it of API keys too, which have none.</param>
/// <param name="IsStream">Its answer has no end; a session reads on until it has been told of the session's last write.</param>
internal sealed record ApiOperation(
    string Id, HttpMethod Method, string Path, bool NeedsToken, string AsksFor, bool StepsUp, bool StepsKeysUp, IReadOnlyList<ApiParameter> Parameters, BodyMember? Body, bool TakesFile, bool IsStream)
{
    public const string EventStream = "text/event-stream";

    /// <summary>What <see cref="AsksFor"/> says of what concerns the caller alone, a user or a customer of a storefront, and of what is for everybody.</summary>
    public const string SignIn = "sign-in", Customer = "customer", Nothing = "nothing";

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>Every member of the body, at any depth.</summary>
    public IEnumerable<BodyMember> Members => Body?.Below ?? [];

    public IEnumerable<ApiParameter> In(string place) => Parameters.Where(parameter => parameter.In == place);

    public override string ToString() => Id;
}

/// <param name="Pointer">Its place, with the first element of every array: /lines/0/quantity.</param>
/// <param name="Name">An element has that of its array.</param>
/// <param name="Parts">The members of an object, or the one element of an array.</param>
internal sealed record BodyMember(
    string Pointer, string Name, string? Type, string? Format, JsonArray? Choices, bool Required, IReadOnlyList<BodyMember> Parts)
{
    public IEnumerable<BodyMember> Below => Parts.SelectMany(part => part.Below.Prepend(part));

    public bool IsElement => Pointer.EndsWith("/0", StringComparison.Ordinal);

    public bool IsId => Format == "uuid";
}

/// <summary>The OpenAPI document that the product serves: a sweep that walks it covers a new operation by itself.</summary>
internal sealed class ApiDocument
{
    private readonly JsonNode document;

    private ApiDocument(JsonNode document)
    {
        this.document = document;
        Operations = [.. from path in document["paths"]!.AsObject() from operation in path.Value!.AsObject() select Read(path.Key, operation.Key, operation.Value!)];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> Of(ApiFixture api) => new(JsonNode.Parse((await api.Guest.Get("~/openapi/v1.json").Returns(200)).Text)!);

    private ApiOperation Read(string path, string method, JsonNode operation)
    {
        var content = operation["requestBody"]?["content"]?.AsObject();
        return new(
            (string)operation["operationId"]!, HttpMethod.Parse(method), path, operation["security"] is not null, Asked((string?)operation["description"] ?? ""),
            Says(operation, "Step-up: "), Says(operation, "Step-up: ") && !Says(operation, "API keys need none"),
            [
                .. (operation["parameters"]?.AsArray() ?? []).Select(parameter => new ApiParameter(
                    (string)parameter!["name"]!, (string)parameter["in"]!, (bool?)parameter["required"] ?? false, Resolve(parameter["schema"]!))),
            ],
            content?["application/json"] is { } json ? Member("", "", json["schema"]!, required: true) : null,
            (content?["multipart/form-data"] ?? content?["text/csv"]) is not null,
            operation["responses"]!["200"]?["content"]?[ApiOperation.EventStream] is not null);
    }

    private static bool Says(JsonNode operation, string text) => ((string?)operation["description"] ?? "").Contains(text, StringComparison.Ordinal);

    private static string Asked(string description) => description.Split("Permission: ") switch
    {
        [_, var said] when said.StartsWith('`') => said.Split('`')[1],
        [_, var said] when said.StartsWith("a customer", StringComparison.Ordinal) => ApiOperation.Customer,
        [_, _] => ApiOperation.SignIn,
        _ => ApiOperation.Nothing,
    };

    private BodyMember Member(string pointer, string name, JsonNode declared, bool required)
    {
        var schema = Resolve(declared);
        var needed = schema["required"]?.AsArray().Select(member => (string)member!).ToHashSet() ?? [];
        return new(pointer, name, (string?)schema["type"], (string?)schema["format"], schema["enum"]?.AsArray(), required,
        [
            .. schema["items"] is { } element ? [Member($"{pointer}/0", name, element, required: true)] : Array.Empty<BodyMember>(),
            .. (schema["properties"]?.AsObject() ?? []).Select(member => Member($"{pointer}/{member.Key}", member.Key, member.Value!, needed.Contains(member.Key))),
        ]);
    }

    /// <summary>The schema itself, where it is given by its name.</summary>
    private JsonObject Resolve(JsonNode schema) => schema switch
    {
        _ when schema["$ref"] is { } reference => Resolve(document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!),
        _ when schema["allOf"] is JsonArray { Count: 1 } only => Resolve(only[0]!),
        _ => schema.AsObject(),
    };
}
