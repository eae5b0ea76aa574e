using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>Parameters as callers write them: snake_case, and enums by name.</summary>
internal sealed class ParameterDescription : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is not OpenApiParameter described)
        {
            return;
        }

        described.Name = described.In is ParameterLocation.Query or ParameterLocation.Path ? Pointers.SnakeCase(described.Name!) : described.Name;
        var type = context.ApiParameterDescription.Type is { } declared ? Nullable.GetUnderlyingType(declared) ?? declared : null;
        if (type == typeof(Day))
        {
            described.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" };
        }

        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() is var generic && (generic == typeof(Choice<>) || generic == typeof(Sort<>)))
        {
            var names = Enum.GetNames(type.GetGenericArguments()[0]).Select(Pointers.SnakeCase);
            described.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. (generic == typeof(Sort<>) ? names.SelectMany(name => new[] { name, $"-{name}" }) : names).Select(name => (System.Text.Json.Nodes.JsonNode)name)],
            };
        }
    }
}
