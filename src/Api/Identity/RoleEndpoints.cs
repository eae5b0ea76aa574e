using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Identity;

/// <summary>Roles that a business defines for itself (IAM-09).</summary>
internal static class RoleEndpoints
{
    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/business/permissions", ListPermissions).WithTags("Team").WithName("ListPermissions").RequirePermission(Permissions.TeamRead);
        var roles = api.MapGroup("/business/roles").WithTags("Team").OnPlatform();
        roles.MapGet("/", List).WithName("ListRoles").RequirePermission(Permissions.TeamRead);
        roles.MapGet("/{roleId:guid}", Get).WithName("GetRole").RequirePermission(Permissions.TeamRead);
        roles.MapPost("/", Define).WithName("DefineRole").RequirePermission(Permissions.RolesWrite).RequireStepUp()
            .Refuses(400, "role_name_invalid").Refuses(403, "role_above_yours").Refuses(409, "role_name_taken", "already_exists");
        roles.MapPatch("/{roleId:guid}", Change).WithName("ChangeRole").RequirePermission(Permissions.RolesWrite).RequireStepUp()
            .Refuses(400, "role_name_invalid").Refuses(403, "role_above_yours").Refuses(409, "role_name_taken");
        roles.MapDelete("/{roleId:guid}", Delete).WithName("DeleteRole").RequirePermission(Permissions.RolesWrite)
            .Refuses(403, "role_above_yours").Refuses(409, "role_in_use");
    }

    private static OkAnswer<PermissionsBody> ListPermissions() => Answers.Ok(new PermissionsBody(
        [.. PermissionCatalog.OfBusinesses.Select(entry => new PermissionBody(entry.Permission, entry.Description, PermissionCatalog.IsForKeys(entry.Permission)))]));

    private static async Task<PageAnswer<RoleBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListRoles(caller.Grant.TenantId, paging), cancellationToken), RoleBody.Of);

    private static async Task<OkAnswer<RoleBody>> Get(Guid roleId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var role = await mediator.Send(new GetRole(caller.Grant.TenantId, new(roleId)), cancellationToken);
        return Answers.Ok(RoleBody.Of(role), role.Version);
    }

    private static async Task<CreatedAnswer<RoleBody>> Define(DefineRoleRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new DefineRole(caller.Grant.TenantId, request.Name, request.Description, request.Permissions, request.Id is { } id ? new RoleId(id) : null), cancellationToken);
        return Answers.Created(
            $"/business/roles/{receipt.RoleId}",
            new RoleBody(receipt.RoleId.Value, request.Name, request.Description, Permissions.Sorted(request.Permissions), receipt.Version, receipt.At, receipt.At),
            receipt);
    }

    private static async Task<NoContentAnswer> Change(
        Guid roleId, ChangeRoleRequest request, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(caller.Grant.TenantId, new(roleId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Delete(Guid roleId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DeleteRole(caller.Grant.TenantId, new(roleId), ifMatch.Version), cancellationToken));
}

internal sealed record PermissionsBody(IReadOnlyList<PermissionBody> Data);

/// <param name="ForKeys">API keys may hold it too.</param>
internal sealed record PermissionBody(string Permission, string Description, bool ForKeys);

/// <param name="Permissions">GET /business/permissions lists them; each must be one that the caller holds.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record DefineRoleRequest(string Name, string[] Permissions, string? Description = null, Guid? Id = null);

/// <summary>A member that is left out stays as it is. A description that is null is removed.</summary>
internal sealed record ChangeRoleRequest(string? Name = null, string[]? Permissions = null)
{
    private Change<string>? description;

    public string? Description
    {
        get => description?.To;
        init => description = new(value);
    }

    public ChangeRole ToCommand(TenantId business, RoleId role, int? expectedVersion) => new(business, role, Name, description, Permissions, expectedVersion);
}

internal sealed record RoleBody(
    Guid Id, string Name, string? Description, IReadOnlyList<string> Permissions, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static RoleBody Of(RoleView role) => new(role.Id.Value, role.Name, role.Description, role.Permissions, role.Version, role.CreatedAt, role.UpdatedAt);
}
