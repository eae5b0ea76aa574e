using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Projections;

/// <summary>Where projections stand, and replaying them while they are read (INT-10): for operators, and for each business its own.</summary>
internal static class ProjectionEndpoints
{
    public static void MapProjections(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin/projections").WithTags("Operations");
        Map(admin, "", Permissions.AdminOperations, Permissions.AdminProjections, _ => new(null));
        admin.MapPost("/{name}/rebuilds", StartAnywhere).WithName("StartRebuild").RequirePermission(Permissions.AdminProjections).RequireStepUp()
            .Refuses(409, "rebuild_running");

        var business = api.MapGroup("/business/projections").WithTags("Projections");
        Map(business, "Business", Permissions.ProjectionsRead, Permissions.ProjectionsRebuild, tenant => new(tenant.Tenant));
        business.MapPost("/{name}/rebuilds", StartOwn).WithName("StartBusinessRebuild").RequirePermission(Permissions.ProjectionsRebuild).RequireStepUp()
            .Refuses(409, "rebuild_running");
    }

    private static void Map(RouteGroupBuilder group, string whose, string read, string rebuild, Func<ITenantContext, ProjectionScope> scope)
    {
        group.MapGet("/", (IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) => List(mediator, scope(tenant), cancellationToken))
            .WithName($"List{whose}Projections").RequirePermission(read);
        group.MapGet("/{name}", (string name, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Get(name, mediator, scope(tenant), cancellationToken))
            .WithName($"Get{whose}Projection").RequirePermission(read);

        var one = group.MapGroup("/{name}/rebuilds/{rebuildId:guid}");
        one.MapGet("/", (string name, Guid rebuildId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                GetRebuild(rebuildId, name, mediator, scope(tenant), cancellationToken))
            .WithName($"Get{whose}Rebuild").RequirePermission(read);
        one.MapGet("/diff", (string name, Guid rebuildId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Diff(rebuildId, name, mediator, scope(tenant), cancellationToken))
            .WithName($"Get{whose}RebuildDiff").RequirePermission(rebuild).Refuses(409, "rebuild_not_ready");
        Steer("/promote", $"Promote{whose}Rebuild", RebuildRequest.Promote).RequireStepUp();
        Steer("/cancel", $"Cancel{whose}Rebuild", RebuildRequest.Cancel);
        Steer("/rollback", $"RollBack{whose}Rebuild", RebuildRequest.RollBack).RequireStepUp();

        RouteHandlerBuilder Steer(string path, string name, RebuildRequest request) => one
            .MapPost(path, (string name, Guid rebuildId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Ask(new SteerRebuild(rebuildId, name, scope(tenant), request), mediator, cancellationToken))
            .WithName(name).RequirePermission(rebuild).Refuses(409, "illegal_transition", "rebuild_running");
    }

    private static async Task<OkAnswer<ProjectionListBody>> List(IMediator mediator, ProjectionScope scope, CancellationToken cancellationToken) =>
        Answers.Ok(new ProjectionListBody([.. (await mediator.Send(new ListProjections(scope), cancellationToken)).Select(ProjectionBody.Of)]));

    private static async Task<OkAnswer<ProjectionDetailBody>> Get(string name, IMediator mediator, ProjectionScope scope, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new GetProjection(name, scope), cancellationToken);
        return Answers.Ok(new ProjectionDetailBody(ProjectionBody.Of(detail.State), [.. detail.Tenants.Select(TenantLagBody.Of)]));
    }

    private static Task<CreatedAnswer<RebuildIdBody>> StartAnywhere(
        string name, StartRebuildRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Start(
            $"/admin/projections/{name}", name, request.Id, request.Switch, new(request.TenantId is { } tenant ? new TenantId(tenant) : null), mediator,
            cancellationToken);

    private static Task<CreatedAnswer<RebuildIdBody>> StartOwn(
        string name, StartOwnRebuildRequest request, ITenantContext tenant, IMediator mediator, CancellationToken cancellationToken) =>
        Start($"/business/projections/{name}", name, request.Id, request.Switch, new(tenant.Tenant), mediator, cancellationToken);

    private static async Task<CreatedAnswer<RebuildIdBody>> Start(
        string path, string name, Guid? id, RebuildSwitch how, ProjectionScope scope, IMediator mediator, CancellationToken cancellationToken)
    {
        var started = await mediator.Send(new StartRebuild(id ?? Uuid.New(), name, scope, how), cancellationToken);
        return Answers.Created($"{path}/rebuilds/{started.Id}", new RebuildIdBody(started.Id), started);
    }

    private static async Task<OkAnswer<RebuildBody>> GetRebuild(
        Guid id, string name, IMediator mediator, ProjectionScope scope, CancellationToken cancellationToken) =>
        Answers.Ok(RebuildBody.Of(await mediator.Send(new GetRebuild(id, name, scope), cancellationToken)));

    private static async Task<OkAnswer<RebuildDiffBody>> Diff(
        Guid id, string name, IMediator mediator, ProjectionScope scope, CancellationToken cancellationToken) =>
        Answers.Ok(RebuildDiffBody.Of(await mediator.Send(new GetRebuildDiff(id, name, scope), cancellationToken)));

    private static async Task<NoContentAnswer> Ask(SteerRebuild command, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(command, cancellationToken));
}

/// <param name="Switch">auto: readers see the built rows as soon as they have caught up. manual: when it is promoted.</param>
/// <param name="TenantId">One business; left out: all of them.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record StartRebuildRequest(RebuildSwitch Switch = RebuildSwitch.Auto, Guid? TenantId = null, Guid? Id = null);

/// <inheritdoc cref="StartRebuildRequest" />
internal sealed record StartOwnRebuildRequest(RebuildSwitch Switch = RebuildSwitch.Auto, Guid? Id = null);

internal sealed record RebuildIdBody(Guid Id);
