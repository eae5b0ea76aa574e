using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Api.Identity;

/// <summary>Who works in the business of the token, and as what (TEN-16).</summary>
internal static class TeamEndpoints
{
    public static void MapTeam(this IEndpointRouteBuilder api)
    {
        var team = api.MapGroup("/business/team").WithTags("Team").OnPlatform();
        team.MapGet("/", List).WithName("ListTeam").RequirePermission(Permissions.TeamRead);
        team.MapPatch("/{userId:guid}", ChangeRole).WithName("ChangeMemberRole").RequirePermission(Permissions.TeamWrite)
            .RequireStepUp()
            .Refuses(400, "role_not_possible").Refuses(403, "role_above_yours").Refuses(422, "last_owner");
        team.MapPost("/{userId:guid}/deactivate", Deactivate).WithName("DeactivateMember").RequirePermission(Permissions.TeamWrite).RequireStepUp()
            .Refuses(403, "role_above_yours").Refuses(422, "last_owner");
        team.MapPost("/{userId:guid}/reactivate", Reactivate).WithName("ReactivateMember").RequirePermission(Permissions.TeamWrite).RequireStepUp()
            .Refuses(403, "role_above_yours").Refuses(409, "seat_limit_reached");
        team.MapPost("/transfer-ownership", Transfer).WithName("TransferOwnership").RequirePermission(Permissions.TeamWrite).RequireStepUp()
            .Refuses(403, "owners_only").Refuses(404, "not_found");
    }

    private static async Task<PageAnswer<TeamMemberBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListTeam(caller.Grant.TenantId, paging), cancellationToken), TeamMemberBody.Of);

    private static async Task<NoContentAnswer> ChangeRole(
        Guid userId, ChangeMemberRoleRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeMemberRole(caller.Grant.TenantId, new(userId), request is { Role: null, RoleId: null } ? null : HeldRoles.Of(request.Role, request.RoleId)), cancellationToken));

    private static async Task<NoContentAnswer> Deactivate(Guid userId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DeactivateMember(caller.Grant.TenantId, new(userId)), cancellationToken));

    private static async Task<NoContentAnswer> Reactivate(Guid userId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReactivateMember(caller.Grant.TenantId, new(userId)), cancellationToken));

    private static async Task<NoContentAnswer> Transfer(TransferOwnershipRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new TransferOwnership(caller.Grant.TenantId, new(request.UserId)), cancellationToken));
}

/// <summary>Where both are left out, nothing changes.</summary>
/// <param name="Role">A system role; or else</param>
/// <param name="RoleId">a role of the business.</param>
internal sealed record ChangeMemberRoleRequest(Role? Role = null, Guid? RoleId = null);

internal static class HeldRoles
{
    /// <summary>Neither is no role that anybody can have.</summary>
    public static HeldRole Of(Role? role, Guid? custom) => new(role ?? Role.Custom, custom is { } id ? new RoleId(id) : null);
}

/// <param name="UserId">The owner from now on; whoever calls stays as manager.</param>
internal sealed record TransferOwnershipRequest(Guid UserId);

internal enum MemberStatus
{
    Active,
    Deactivated,
}

/// <param name="RoleId">Which one, where the role is custom.</param>
/// <param name="LastActiveAt">When a session in this business was opened or refreshed last.</param>
internal sealed record TeamMemberBody(
    Guid UserId, string Email, string FullName, Role Role, Guid? RoleId, MemberStatus Status, DateTimeOffset Since, DateTimeOffset? LastActiveAt)
{
    public static TeamMemberBody Of(TeamMember member) => new(
        member.UserId.Value, member.Email, member.FullName, member.Role, member.CustomRole?.Value,
        member.Active ? MemberStatus.Active : MemberStatus.Deactivated, member.Since, member.LastActiveAt);
}
