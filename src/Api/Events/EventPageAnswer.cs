using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mainstreet.Api.History;
using Mainstreet.Api.Http;
using Mainstreet.Application.Events;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mainstreet.Api.Events;

/// <summary>A page of the feed. Its events are written byte for byte as webhooks deliver them.</summary>
internal sealed record EventPageAnswer(EventPage Page) : IResult, IEndpointMetadataProvider
{
    public const string EpochHeader = "Log-Epoch";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Page.HasMore)
        {
            var query = new QueryBuilder(httpContext.Request.Query.Where(parameter => parameter.Key is not "after")) { { "after", Page.Position.ToString(CultureInfo.InvariantCulture) } };
            response.Headers.Link = $"<{httpContext.Request.Path}{query}>; rel=\"next\"";
        }

        response.Headers[EpochHeader] = Page.Epoch.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var e in Page.Events)
        {
            writer.WriteRawValue(e.Body, skipInputValidation: true);
        }

        writer.WriteEndArray();
        writer.WriteNumber("next_position", Page.Position);
        writer.WriteBoolean("has_more", Page.HasMore);
        writer.WriteNumber("epoch", Page.Epoch);
        writer.WriteEndObject();
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Answers.Produces(builder, StatusCodes.Status200OK, typeof(EventPageBody), "Link", EpochHeader);
}

/// <param name="Data">Oldest first.</param>
/// <param name="NextPosition">The after of the next request. It moves on even where the filter hides everything.</param>
/// <param name="HasMore">Whether something is there already.</param>
/// <param name="Epoch">Changes when the log was set back to an earlier state; to be sent with the next request.</param>
internal sealed record EventPageBody(IReadOnlyList<PublicEvent> Data, long NextPosition, bool HasMore, long Epoch);

/// <summary>Something that happened, as webhooks, the feed and the stream tell it.</summary>
/// <param name="Id">The same on every outlet.</param>
/// <param name="Type">Such as order.placed.</param>
/// <param name="Sequence">1, 2, 3 ... of the subject.</param>
/// <param name="Position">1, 2, 3 ... of the business.</param>
/// <param name="Data">As the type and its schema_version say.</param>
/// <param name="CorrelationId">The same for all that followed from one request.</param>
/// <param name="CausationId">What this followed from: a command or an event.</param>
internal sealed record PublicEvent(
    Guid Id, string Type, DateTimeOffset Timestamp, Guid TenantId, EventSubject Subject, int Sequence, long Position, JsonElement Data, ActorBody Actor,
    Guid CorrelationId, Guid CausationId, int SchemaVersion);

/// <param name="Type">Such as order.</param>
internal sealed record EventSubject(string Type, Guid Id);
