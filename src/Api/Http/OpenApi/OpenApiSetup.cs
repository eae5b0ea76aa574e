using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>The published contract: OpenAPI 3.1 at /openapi/v1.json, to be read at /swagger.</summary>
internal static class OpenApiSetup
{
    public const string Bearer = "bearer";
    public const string ApiKey = "api_key";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Mainstreet",
                Version = "v1",
                Description = "The backend for local business: catalogue, storefront, orders, delivery, dashboards and webhooks.",
            });
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
            options.AddSecurityDefinition(ApiKey, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = Credentials.KeyHeader,
                Description = "A key of a business, made at `POST /business/api-keys`; it may stand in the place of the bearer token as well.",
            });
            options.CustomOperationIds(api => api.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName);
            options.CustomSchemaIds(SchemaId);
            options.SupportNonNullableReferenceTypes();
            options.UseAllOfToExtendReferenceSchemas();
            foreach (var id in typeof(TenantId).Assembly.GetTypes().Where(Ids.IsId))
            {
                options.MapType(id, () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });
            }

            options.MapType<JsonNode>(() => new OpenApiSchema());
            options.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            options.ParameterFilter<ParameterDescription>();
            options.SchemaFilter<SchemaDescription>();
            options.OperationFilter<OperationDescription>();
            options.DocumentFilter<DocumentDescription>();
            options.DocumentFilter<WebhookDescription>();
        });
    }

    public static void UseOpenApiDocument(this WebApplication app)
    {
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "openapi/{documentName}.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("/openapi/v1.json", "Mainstreet v1");
            options.DocumentTitle = "Mainstreet API";
        });
    }

    /// <summary>Page of OrderView becomes OrderViewPage.</summary>
    private static string SchemaId(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(SchemaId)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;
}
