using Mainstreet.Api.Businesses;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Api.Flags;

/// <summary>Features of plans, and the flags beside them (TEN-18).</summary>
internal static class FeatureEndpoints
{
    public static void MapFeatureFlags(this IEndpointRouteBuilder api)
    {
        api.MapGet("/business/features", ListOwn).WithTags("Business").WithName("ListFeatures").OnPlatform().RequirePermission(Permissions.BusinessRead);
        var flags = api.MapGroup("/admin/businesses/{businessId:guid}/features").WithTags("Platform").OnPlatform().OfOwnBusinesses();
        flags.MapGet("/", List).WithName("ListFeatureFlags").RequirePermission(Permissions.AdminBusinesses);
        flags.MapPut("/{feature}", Set).WithName("SetFeatureFlag").RequirePermission(Permissions.BusinessesManage).Refuses(400, "flag_invalid", "reason_invalid");
        flags.MapDelete("/{feature}", Clear).WithName("ClearFeatureFlag").RequirePermission(Permissions.BusinessesManage);
    }

    private static async Task<OkAnswer<FeatureListBody>> ListOwn(Caller caller, IMediator mediator, CancellationToken cancellationToken) => Answers.Ok(new FeatureListBody(
        [.. (await mediator.Send(new ListFeatures(caller.Grant.TenantId, caller.Grant.ActorId), cancellationToken)).Select(FeatureBody.Of)]));

    private static async Task<OkAnswer<FeatureFlagListBody>> List(Guid businessId, IMediator mediator, CancellationToken cancellationToken) => Answers.Ok(new FeatureFlagListBody(
        [.. (await mediator.Send(new ListFeatures(new(businessId)), cancellationToken)).Select(FeatureFlagBody.Of)]));

    private static async Task<NoContentAnswer> Set(
        Guid businessId, string feature, SetFeatureFlagRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) => Answers.NoContent(
        await mediator.Send(
            new SetFeatureFlag(new(businessId), feature, new(request.On, request.Percentage, request.From, request.Until), request.Reason, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Clear(Guid businessId, string feature, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ClearFeatureFlag(new(businessId), feature, ifMatch.Version), cancellationToken));
}

internal sealed record FeatureListBody(FeatureBody[] Data);

/// <param name="Enabled">Whether the caller has it.</param>
internal sealed record FeatureBody(string Feature, string Description, bool Enabled)
{
    public static FeatureBody Of(FeatureState state) => new(state.Feature.Name, state.Feature.Description, state.Enabled);
}

internal sealed record FeatureFlagListBody(FeatureFlagBody[] Data);

/// <param name="InPlan">Whether the plan includes it.</param>
/// <param name="Enabled">Where nobody in particular asks.</param>
/// <param name="Flag">What was decided for this business; absent where the plan decides.</param>
internal sealed record FeatureFlagBody(string Feature, string Description, bool InPlan, bool Enabled, FlagBody? Flag)
{
    public static FeatureFlagBody Of(FeatureState state) => new(
        state.Feature.Name, state.Feature.Description, state.InPlan, state.Enabled, state.Flag is { Rule: { } rule } flag ? FlagBody.Of(rule, flag) : null);
}

/// <param name="On">Whether it gives the feature or takes it away.</param>
/// <param name="Percentage">Of the business's people: always the same ones.</param>
/// <param name="From">The plan decides before.</param>
/// <param name="Until">The plan decides from then on.</param>
internal sealed record FlagBody(bool On, int Percentage, DateTimeOffset? From, DateTimeOffset? Until, string Reason, DateTimeOffset ChangedAt, int Version)
{
    public static FlagBody Of(FlagRule rule, FeatureFlagView flag) => new(rule.On, rule.Percentage, rule.From, rule.Until, flag.Reason!, flag.ChangedAt, flag.Version);
}

/// <param name="On">Gives the feature, or takes it away.</param>
/// <param name="Reason">1 to 200 characters.</param>
/// <param name="Percentage">1 to 100; 100 when left out.</param>
internal sealed record SetFeatureFlagRequest(bool On, string Reason, int Percentage = 100, DateTimeOffset? From = null, DateTimeOffset? Until = null);
