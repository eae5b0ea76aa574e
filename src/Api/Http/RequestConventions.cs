using Microsoft.AspNetCore.Http.Timeouts;

namespace Mainstreet.Api.Http;

/// <summary>Which problems an endpoint answers beyond those that follow from its shape; for the published document.</summary>
internal sealed record Refusal(int Status, IReadOnlyList<string> Codes);

/// <summary>Which reads answer as of the past too.</summary>
/// <param name="ByVersion">By a version of the one thing that is read, and not only by time.</param>
internal sealed record LooksBack(bool ByVersion);

internal static class RequestConventions
{
    public static TBuilder RequireIdempotencyKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new IdempotencyKeyRequired());

    public static TBuilder AllowBody<TBuilder>(this TBuilder builder, long bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new BodyLimit(bytes));

    /// <summary>
    /// A read of one thing, also as it was: <c>?as_of=</c> a time, <c>?at_version=</c> a version. The answer has the same shape and the
    /// ETag of that version. Errors: version_not_found (404).
    /// </summary>
    public static RouteHandlerBuilder LooksBack(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new LooksBack(ByVersion: true),
        new ReadsParameter("at_version", InQuery: true, "Answers as it was at this version.", IsInteger: true),
        AsOf).Refuses(StatusCodes.Status404NotFound, "version_not_found");

    /// <summary>A read across many things, also as it was at a time. Errors: as_of_building, as_of_limit (503).</summary>
    public static RouteHandlerBuilder LooksBackInTime(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new LooksBack(ByVersion: false), AsOf).Refuses(StatusCodes.Status503ServiceUnavailable, "as_of_building", "as_of_limit");

    private static ReadsParameter AsOf => new("as_of", InQuery: true, "Answers as it was at this time.");

    /// <summary>A body of any length up to this, which is never held in memory as a whole.</summary>
    public static TBuilder StreamBody<TBuilder>(this TBuilder builder, long bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new BodyLimit(bytes), new StreamedBody());

    /// <summary>Takes as long as it takes: it waits, or moves as much as there is.</summary>
    public static TBuilder LongRunning<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new DisableRequestTimeoutAttribute());

    /// <summary>Documents problem codes, such as <c>.Refuses(422, "out_of_stock")</c>.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, int status, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Refusal(status, codes));
}
