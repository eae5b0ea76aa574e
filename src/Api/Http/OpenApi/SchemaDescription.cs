using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>
/// Optional members are left out, never null: nullable enums break generated clients. Required is what the serializer
/// always writes, or insists on reading.
/// </summary>
internal sealed class SchemaDescription(IOptions<JsonOptions> json) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema described)
        {
            return;
        }

        described.Type &= ~JsonSchemaType.Null;
        if (described.Properties is not { Count: > 0 } properties || Info(context.Type) is not { Kind: JsonTypeInfoKind.Object } info)
        {
            return;
        }

        described.Required = new SortedSet<string>(info.Properties.Where(IsAlwaysThere).Select(property => property.Name), StringComparer.Ordinal);
        described.Required.IntersectWith(properties.Keys);
        foreach (var property in properties.Values.OfType<OpenApiSchema>())
        {
            property.Type &= ~JsonSchemaType.Null;
        }
    }

    private JsonTypeInfo? Info(Type type) => json.Value.SerializerOptions.TryGetTypeInfo(type, out var info) ? info : null;

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        !ApiJson.IsNullable(property) && property.AssociatedParameter is not { HasDefaultValue: true };
}
