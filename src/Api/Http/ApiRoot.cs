namespace Mainstreet.Api.Http;

/// <summary>The root of all feature routes.</summary>
internal static class ApiRoot
{
    public const string Base = "/api/v1";

    /// <summary>The group that features map themselves into.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Base);
        api.AddEndpointFilterFactory(QueryParameters.Check);
        Cors.LetPreflightsIn(api);
        return api;
    }
}
