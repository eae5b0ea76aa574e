using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Http;

/// <summary>What endpoints answer. Each kind sets the headers of requirements part 9 and documents itself.</summary>
internal static class Answers
{
    /// <summary>204 with ETag and Event-Position: a command had its effect.</summary>
    public static NoContentAnswer NoContent(Committed committed) => new(committed);

    /// <summary>201 with Location, ETag and Event-Position.</summary>
    /// <param name="path">Of the new thing, below <see cref="ApiRoot.Base"/>: <c>/orders/{id}</c>.</param>
    public static CreatedAnswer<T> Created<T>(string path, T body, Committed committed) => new(ApiRoot.Base + path, body, committed);

    /// <summary>200: something read. <paramref name="version"/> is the version of its stream, where it has one.</summary>
    public static OkAnswer<T> Ok<T>(T body, int? version = null) => new(body, version, Position: null);

    /// <summary>200: a command that answers more than that it had its effect.</summary>
    public static OkAnswer<T> Ok<T>(T body, Committed committed) => new(body, committed.Version, committed.Position);

    /// <summary>200 with <c>{data, has_more, next_cursor}</c> and the link to the next page.</summary>
    public static PageAnswer<T> Page<T>(Page<T> page) => new(page);

    /// <summary>As <see cref="Page{T}(Page{T})"/>, with every row as the caller sees it.</summary>
    public static PageAnswer<TView> Page<TRow, TView>(Page<TRow> page, Func<TRow, TView> view) =>
        new(new Page<TView>([.. page.Data.Select(view)], page.HasMore, page.NextCursor));

    /// <summary>
    /// 200 for everybody, with a tag of its content: caches may keep it, and ask again with If-None-Match, which is answered
    /// 304 as long as nothing has changed.
    /// </summary>
    public static PublicAnswer<T> Public<T>(T body) => new(body);

    /// <summary>As <see cref="Page{TRow, TView}(Page{TRow}, Func{TRow, TView})"/>, for everybody, with a tag as <see cref="Public{T}"/>.</summary>
    public static PublicPageAnswer<TView> PublicPage<TRow, TView>(Page<TRow> page, Func<TRow, TView> view) =>
        new(new Page<TView>([.. page.Data.Select(view)], page.HasMore, page.NextCursor));

    internal static void Stamp(HttpContext http, int? version, long? position)
    {
        var response = http.Response;
        if (version > 0)
        {
            response.Headers.ETag = $"\"v{version.Value.ToString(CultureInfo.InvariantCulture)}\"";
        }

        if (position > 0 && Positions.Count(http, http.RequestServices.GetRequiredService<RequestContext>().Tenant))
        {
            response.Headers["Event-Position"] = position.Value.ToString(CultureInfo.InvariantCulture);
        }
    }

    internal static void Produces(EndpointBuilder builder, int status, Type? type, params string[] headers)
    {
        builder.Metadata.Add(type is null ? new ProducesResponseTypeMetadata(status, typeof(void)) : new ProducesResponseTypeMetadata(status, type, ["application/json"]));
        builder.Metadata.Add(new AnswerHeaders(status, headers));
    }
}

/// <summary>For the published document: which headers an answer carries.</summary>
internal sealed record AnswerHeaders(int Status, IReadOnlyList<string> Names);

internal sealed record NoContentAnswer(Committed Committed) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        Answers.Stamp(httpContext, Committed.Version, Committed.Position);
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Answers.Produces(builder, StatusCodes.Status204NoContent, type: null, "ETag", "Event-Position");
}

internal sealed record CreatedAnswer<T>(string Location, T Body, Committed Committed) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = Location;
        Answers.Stamp(httpContext, Committed.Version, Committed.Position);
        return httpContext.Response.WriteAsJsonAsync(Body, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Answers.Produces(builder, StatusCodes.Status201Created, typeof(T), "Location", "ETag", "Event-Position");
}

internal sealed record OkAnswer<T>(T Body, int? Version, long? Position) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        Answers.Stamp(httpContext, Version, Position);
        return httpContext.Response.WriteAsJsonAsync(Body, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Answers.Produces(builder, StatusCodes.Status200OK, typeof(T), "ETag");
}

internal sealed record PageAnswer<T>(Page<T> Page) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        Link(httpContext, Page.NextCursor);
        return httpContext.Response.WriteAsJsonAsync(Page, httpContext.RequestAborted);
    }

    internal static void Link(HttpContext httpContext, string? nextCursor)
    {
        if (nextCursor is not null)
        {
            var query = new QueryBuilder(httpContext.Request.Query.Where(parameter => parameter.Key is not "cursor")) { { "cursor", nextCursor } };
            httpContext.Response.Headers.Link = $"<{httpContext.Request.Path}{query}>; rel=\"next\"";
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Answers.Produces(builder, StatusCodes.Status200OK, typeof(Page<T>), "Link");
}

internal sealed record PublicPageAnswer<T>(Page<T> Page) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageAnswer<T>.Link(httpContext, Page.NextCursor);
        return new PublicAnswer<Page<T>>(Page).ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => PublicAnswer<Page<T>>.Describe(builder, "ETag", "Link");
}

internal sealed record PublicAnswer<T>(T Body) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Body, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(json).AsSpan(0, 16))}\"");
        httpContext.Response.GetTypedHeaders().ETag = tag;
        httpContext.Response.Headers.CacheControl = "public, no-cache";
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = json.Length;
        return httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, "ETag");

    internal static void Describe(EndpointBuilder builder, params string[] headers)
    {
        Answers.Produces(builder, StatusCodes.Status200OK, typeof(T), headers);
        Answers.Produces(builder, StatusCodes.Status304NotModified, type: null, "ETag");
        builder.Metadata.Add(new ReadsParameter("If-None-Match", InQuery: false, "The ETag of the answer that the caller has; 304 while it is still right."));
    }
}
