using System.Text.Json.Nodes;
using Mainstreet.Application.Events;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>What the product sends to webhook endpoints: one webhook per event type, each the envelope with its data.</summary>
internal sealed class WebhookDescription : IDocumentFilter
{
    private const string Envelope = "EventEnvelope";

    private static readonly (string Name, string Description)[] headers =
    [
        ("webhook-id", "Of the event: the same at every attempt. Whoever remembers it handles an event once."),
        ("webhook-timestamp", "Of the attempt, in seconds since 1970. Refuse what is older than five minutes."),
        ("webhook-signature", "Signatures of `id.timestamp.body`, separated by spaces: `v1,` and base64 of HMAC-SHA256 (standardwebhooks.com)."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.AddComponent(Envelope, Schema(EventSchemas.Envelope(), swaggerDoc));
        foreach (var (name, description) in headers)
        {
            swaggerDoc.AddComponent(name, new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = true,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        swaggerDoc.Webhooks = EventCatalog.All.ToDictionary(type => type.Type, IOpenApiPathItem (type) => Webhook(type, swaggerDoc), StringComparer.Ordinal);
    }

    private static OpenApiPathItem Webhook(PublicEventType type, OpenApiDocument document) => new OpenApiPathItem
    {
        Operations = new()
        {
            [HttpMethod.Post] = new OpenApiOperation
            {
                Summary = type.Description,
                Parameters = [.. headers.Select(header => new OpenApiParameterReference(header.Name, document))],
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new OpenApiMediaType { Schema = Body(type, document) } },
                },
                Responses = new() { ["2XX"] = new OpenApiResponse { Description = "Received. Anything else is tried again." } },
            },
        },
    };

    private static OpenApiSchema Body(PublicEventType type, OpenApiDocument document) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(Envelope, document),
            Schema(
                new()
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["type"] = new JsonObject { ["type"] = "string", ["const"] = type.Type },
                        ["data"] = EventSchemas.Data(type.Data),
                    },
                },
                document),
        ],
    };

    private static OpenApiSchema Schema(JsonObject schema, OpenApiDocument document) =>
        OpenApiModelFactory.Parse<OpenApiSchema>(schema.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, OpenApiConstants.Json) is { } parsed
            && diagnostic.Errors.Count == 0
            ? parsed
            : throw new InvalidOperationException($"An event's schema is not understood: {string.Join("; ", diagnostic.Errors)}");
}
