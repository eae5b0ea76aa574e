namespace Mainstreet.Api.Http;

/// <summary>Which problems an endpoint answers beyond those that follow from its shape; for the published document.</summary>
internal sealed record Refusal(int Status, IReadOnlyList<string> Codes);

internal static class RequestConventions
{
    public static TBuilder RequireIdempotencyKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new IdempotencyKeyRequired());

    public static TBuilder AllowBody<TBuilder>(this TBuilder builder, long bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new BodyLimit(bytes));

    /// <summary>Documents problem codes, such as <c>.Refuses(422, "out_of_stock")</c>.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, int status, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Refusal(status, codes));
}
