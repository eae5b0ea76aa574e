using Mainstreet.Api.Http.Limits;
using Mainstreet.Application.Identity;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>What follows from an endpoint's declarations: access, headers, parameters that all share, and the problems it answers.</summary>
internal sealed class OperationDescription : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<AccessRule>().LastOrDefault();
        var command = context.ApiDescription.HttpMethod is not "GET";

        if (access is { Anonymous: false })
        {
            operation.Security = [.. Schemes(access, metadata).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
            operation.Description = Paragraphs(operation.Description, access switch
            {
                { Permission: { } permission } => $"Permission: `{permission}`",
                { OfCustomers: true } => "Permission: a customer of the storefront",
                _ => "Permission: any signed-in user",
            });
        }

        if (metadata.OfType<StepUpRule>().LastOrDefault() is { } stepUp)
        {
            operation.Description = Paragraphs(
                operation.Description, $"Step-up: the PIN, given in this session in the last 5 minutes (`POST /auth/step-up`){(stepUp.OpenToKeys ? "; API keys need none" : "")}");
        }

        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<ReadsParameter>().Concat(Shared(command, metadata)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.InQuery ? ParameterLocation.Query : ParameterLocation.Header,
                Description = parameter.Description,
                Required = parameter.Name == IdempotencyKey.Header && metadata.OfType<IdempotencyKeyRequired>().Any(),
                Schema = new OpenApiSchema { Type = parameter.IsInteger ? JsonSchemaType.Integer : JsonSchemaType.String },
            });
        }

        operation.Responses ??= [];
        foreach (var headers in metadata.OfType<AnswerHeaders>())
        {
            Describe(operation.Responses, headers);
        }

        if (command)
        {
            // described, and not among the answers: typed clients would have every success be one of two things
            context.SchemaGenerator.GenerateSchema(typeof(DryRunBody), context.SchemaRepository);
        }

        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var group in Refusals(operation, command, access, metadata, context).GroupBy(refusal => refusal.Status).OrderBy(group => group.Key))
        {
            operation.Responses[group.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(", ", group.SelectMany(refusal => refusal.Codes).Distinct(StringComparer.Ordinal).Select(code => $"`{code}`")),
                Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new OpenApiMediaType { Schema = problem } },
            };
        }
    }

    private static string[] Schemes(AccessRule access, IList<object> metadata) => OpensToKeys(access, metadata) ? [OpenApiSetup.Bearer, OpenApiSetup.ApiKey] : [OpenApiSetup.Bearer];

    private static bool OpensToKeys(AccessRule access, IList<object> metadata) =>
        access.Permission is { } permission && PermissionCatalog.IsForKeys(permission) && metadata.OfType<StepUpRule>().All(stepUp => stepUp.OpenToKeys);

    private static IEnumerable<ReadsParameter> Shared(bool command, IList<object> metadata)
    {
        if (command)
        {
            yield return new(IdempotencyKey.Header, InQuery: false, "Makes it safe to send the request again: the first answer is repeated for 24 hours.");
            yield return new(
                DryRunMiddleware.Header, InQuery: false,
                $"`{DryRunMiddleware.Preference}` tries the request without any effect: it is refused as ever, or else answered 200 with `Preference-Applied` and a DryRunBody.");
        }
        else if (metadata.OfType<AccessRule>().Any())
        {
            yield return new("min_position", InQuery: true, "The Event-Position of an earlier answer that this read must have seen.", IsInteger: true);
            yield return new("wait_ms", InQuery: true, "How long to wait for min_position, 0 to 5000; 2000 when left out.", IsInteger: true);
        }
    }

    private static IEnumerable<Refusal> Refusals(OpenApiOperation operation, bool command, AccessRule? access, IList<object> metadata, OperationFilterContext context)
    {
        yield return new(400, ["invalid_parameter", "unknown_parameter", "invalid_text"]);
        if (operation.Parameters!.Any(parameter => parameter is { In: ParameterLocation.Query, Required: true }))
        {
            yield return new(400, ["missing_parameter"]);
        }

        if (command)
        {
            yield return new(400, metadata.OfType<IdempotencyKeyRequired>().Any() ? ["invalid_idempotency_key", "idempotency_key_required"] : ["invalid_idempotency_key"]);
        }

        if (metadata.OfType<IAcceptsMetadata>().Any())
        {
            yield return new(400, ["body_required", "validation_failed", "invalid_json", "json_too_deep", "array_too_long", "unknown_field", "invalid_number"]);
        }

        if (access is { Anonymous: false })
        {
            yield return new(401, ["unauthenticated", "invalid_token"]);
            yield return OpensToKeys(access, metadata) ? new(401, ["invalid_api_key", "api_key_revoked", "api_key_expired", "api_key_rotated"]) : new(403, ["api_key_not_allowed"]);
        }

        if (access is { Anonymous: false, Permission: null })
        {
            yield return new(403, ["wrong_audience"]);
        }

        if (access?.Permission is not null)
        {
            yield return new(403, ["missing_permission"]);
        }

        if (context.ApiDescription.RelativePath!.Contains('{', StringComparison.Ordinal))
        {
            yield return new(404, ["not_found"]);
        }

        if (command)
        {
            yield return new(422, ["idempotency_key_reused", "dry_run_not_possible"]);
            yield return new(423, ["business_suspended", "business_closing", "business_closed"]);
        }

        if (metadata.OfType<IAcceptsMetadata>().Any())
        {
            yield return new(413, ["body_too_large"]);
            yield return new(415, ["unsupported_media_type"]);
        }

        if (access is not null)
        {
            yield return new(429, [RateLimits.Code]);
        }

        if (!metadata.OfType<DisableRequestTimeoutAttribute>().Any())
        {
            yield return new(504, [RequestTime.Code]);
        }

        yield return new(503, command ? ["lane_overloaded", "lane_busy", "view_building", "business_overloaded", "database_unavailable"] : ["projection_lagging", "business_overloaded", "query_timeout", "database_unavailable"]);
        foreach (var refusal in metadata.OfType<Refusal>())
        {
            yield return refusal;
        }

        foreach (var declared in metadata.OfType<IProducesResponseTypeMetadata>().Where(answer => answer.StatusCode >= 400))
        {
            yield return new(declared.StatusCode, [Problems.FromStatus(declared.StatusCode).Code]);
        }
    }

    private static void Describe(OpenApiResponses responses, AnswerHeaders headers)
    {
        if (responses.TryGetValue(headers.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var found) && found is OpenApiResponse response)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            foreach (var name in headers.Names)
            {
                response.Headers[name] = new OpenApiHeader { Description = HeaderText(name), Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }
    }

    private static string HeaderText(string name) => name switch
    {
        "ETag" => "The version of the resource, such as \"v17\", for If-Match.",
        "Event-Position" => "The position in the business's log, for min_position.",
        "Location" => "The new resource.",
        "Link" => "rel=\"next\": the next page.",
        _ => "",
    };

    private static string Paragraphs(string? first, string second) => string.IsNullOrEmpty(first) ? second : $"{first}\n\n{second}";
}
