using System.Reflection;
using Mainstreet.Api.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mainstreet.Api.Reviews;

/// <summary>A page for everybody, with the rating beside it.</summary>
internal sealed record ProductReviewsAnswer(ProductReviewsBody Body) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageAnswer<StorefrontReviewBody>.Link(httpContext, Body.NextCursor);
        return new PublicAnswer<ProductReviewsBody>(Body).ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => PublicAnswer<ProductReviewsBody>.Describe(builder, "ETag", "Link");
}
