using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Mainstreet.Domain;

namespace Mainstreet.Application.Events;

/// <summary>
/// Bodies of events as JSON Schema 2020-12, read from the records by the serializer that writes them. Members are added in
/// time, so further ones are allowed; what may be left out is not required, and nothing is ever null.
/// </summary>
public static class EventSchemas
{
    private static readonly JsonSchemaExporterOptions exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>Of what every body has, whatever happened.</summary>
    public static JsonObject Envelope() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["id"] = Uuid("Of the event, the same on every outlet and at every attempt: the webhook-id."),
            ["type"] = Text("Such as order.placed."),
            ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "When it was recorded, by the business's clock." },
            ["tenant_id"] = Uuid("The business."),
            ["subject"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["type"] = Text("Such as order."), ["id"] = Uuid("Of the order.") },
                ["required"] = new JsonArray("type", "id"),
                ["description"] = "What it happened to.",
            },
            ["sequence"] = Number("Of the subject: 1, 2, 3 ...; what is not public leaves a gap."),
            ["position"] = Number("In the business's log; rises with every event, public or not."),
            ["actor"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["type"] = Text("user, driver, customer, guest or system."), ["id"] = Uuid("Of whom."), ["role"] = Text("Held in the business.") },
                ["required"] = new JsonArray("type"),
                ["description"] = "Who did it.",
            },
            ["correlation_id"] = Uuid("Of the request that it goes back to, over whatever lay between."),
            ["causation_id"] = Uuid("Of the command or event that brought it about."),
            ["schema_version"] = Number("Of the data."),
        },
        ["required"] = new JsonArray("id", "type", "timestamp", "tenant_id", "subject", "sequence", "position", "actor", "correlation_id", "causation_id", "schema_version"),
    };

    /// <summary>Of an event's data.</summary>
    public static JsonObject Data(Type data) => EventJson.Options.GetJsonSchemaAsNode(data, exporter).AsObject();

    /// <summary>Of a whole body.</summary>
    internal static JsonObject Of(string type, int version, string description, Type data)
    {
        var schema = Envelope();
        var properties = schema["properties"]!.AsObject();
        properties["type"] = new JsonObject { ["const"] = type };
        properties["subject"]!["properties"]!["type"] = new JsonObject { ["const"] = EventEnvelope.SubjectOf(type) };
        properties["schema_version"] = new JsonObject { ["const"] = version };
        properties["data"] = Data(data);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", type);
        schema.Insert(2, "description", description);
        return schema;
    }

    private static JsonObject Describe(JsonSchemaExporterContext context, JsonNode exported)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.IsId())
        {
            return Marked(context, Uuid(description: null));
        }

        if (type.IsEnum)
        {
            return Marked(context, new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. exported["enum"]!.AsArray().OfType<JsonValue>().Select(value => value.DeepClone())]),
            });
        }

        if (type == typeof(TimeOnly))
        {
            // of a day somewhere, and not RFC 3339's, which has an offset
            return Marked(context, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]" });
        }

        if (exported is not JsonObject schema)
        {
            throw new NotSupportedException($"{type} of {context.PropertyInfo?.Name} has no schema: describe it here.");
        }

        schema.Remove("default");       // what a record takes when it is made says nothing about what is written
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(name => name!.GetValue<string>()).Single(name => name is not "null");
        }

        if (context.TypeInfo.Kind is JsonTypeInfoKind.Object)
        {
            schema["required"] = new JsonArray([.. context.TypeInfo.Properties.Where(property => property.Get is not null && IsAlwaysThere(property)).Select(property => JsonValue.Create(property.Name))]);
        }

        return Marked(context, schema);
    }

    /// <summary>What can be erased says so.</summary>
    private static JsonObject Marked(JsonSchemaExporterContext context, JsonObject schema)
    {
        if (Declared(context.PropertyInfo)?.IsDefined(typeof(PersonalDataAttribute)) == true)
        {
            schema["x-personal-data"] = true;
        }

        return schema;
    }

    private static bool IsAlwaysThere(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is null
        : Declared(property) is not { } declared || new NullabilityInfoContext().Create(declared).ReadState is not NullabilityState.Nullable;

    private static PropertyInfo? Declared(JsonPropertyInfo? property) => property?.DeclaringType.GetProperties()
        .SingleOrDefault(declared => EventJson.Options.PropertyNamingPolicy!.ConvertName(declared.Name) == property.Name);

    private static JsonObject Uuid(string? description) => Described(new() { ["type"] = "string", ["format"] = "uuid" }, description);

    private static JsonObject Text(string description) => Described(new() { ["type"] = "string" }, description);

    private static JsonObject Number(string description) => Described(new() { ["type"] = "integer" }, description);

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }
}
