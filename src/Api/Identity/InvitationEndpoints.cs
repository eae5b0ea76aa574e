using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Api.Identity;

/// <summary>How somebody becomes a member (TEN-16).</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("/business/team/invitations").WithTags("Team").OnPlatform();
        invitations.MapPost("/", Invite).WithName("InviteMember").RequirePermission(Permissions.TeamWrite).RequireStepUp()
            .Refuses(400, "role_not_possible").Refuses(403, "role_above_yours").Refuses(404, "not_found")
            .Refuses(409, "invitation_exists", "membership_exists", "seat_limit_reached").Refuses(429, TooManyAttemptsException.Code);
        invitations.MapGet("/", List).WithName("ListInvitations").RequirePermission(Permissions.TeamRead);
        invitations.MapDelete("/{invitationId:guid}", Cancel).WithName("CancelInvitation").RequirePermission(Permissions.TeamWrite)
            .Refuses(403, "role_above_yours").Refuses(409, "invitation_over");
        invitations.MapPost("/{invitationId:guid}/resend", Resend).WithName("ResendInvitation").RequirePermission(Permissions.TeamWrite)
            .Refuses(403, "role_above_yours").Refuses(409, "invitation_over", "seat_limit_reached").Refuses(429, TooManyAttemptsException.Code);
        api.MapPost("/auth/invitations/accept", Accept).WithTags("Sign-in").WithName("AcceptInvitation").Public().OnPlatform()
            .Refuses(400, "mail_token_invalid", "full_name_invalid").Refuses(409, "email_taken", "membership_exists", "seat_limit_reached");
    }

    private static async Task<CreatedAnswer<InvitationBody>> Invite(
        InviteMemberRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        var role = HeldRoles.Of(request.Role, request.RoleId);
        var receipt = await mediator.Send(new InviteMember(caller.Grant.TenantId, request.Email, role, client.Client), cancellationToken);
        return Answers.Created(
            $"/business/team/invitations/{receipt.InvitationId}",
            new InvitationBody(
                receipt.InvitationId.Value, EmailAddress.Normalize(request.Email), role.Role, role.Custom?.Value, receipt.At + Invitation.Good, receipt.At),
            receipt);
    }

    private static async Task<PageAnswer<InvitationBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListInvitations(caller.Grant.TenantId, paging), cancellationToken), InvitationBody.Of);

    private static async Task<NoContentAnswer> Cancel(Guid invitationId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CancelInvitation(caller.Grant.TenantId, new(invitationId)), cancellationToken));

    private static async Task<NoContentAnswer> Resend(Guid invitationId, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ResendInvitation(caller.Grant.TenantId, new(invitationId), client.Client), cancellationToken));

    private static async Task<OkAnswer<SessionBody>> Accept(
        AcceptInvitationRequest request, HttpContext http, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        if (http.Features.Get<Caller>()?.Grant is { } grant)
        {
            var joined = await mediator.Send(new AcceptInvitation(request.Token, grant.UserId), cancellationToken);
            return Answers.Ok(SessionBody.Of(await mediator.Send(new SwitchBusiness(grant.UserId, grant.SessionId, joined.Business), cancellationToken)), joined);
        }

        if (request is not { FullName: not null, Password: not null })
        {
            throw new ProblemException(Problems.FromStatus(401) with { Challenge = "Bearer" });
        }

        var registered = await mediator.Send(new AcceptInvitation(request.Token, User: null, request.FullName, request.Password), cancellationToken);
        return Answers.Ok(SessionBody.Of(await mediator.Send(new OpenSession(registered.UserId, client.Client, registered.Business), cancellationToken)), registered);
    }
}

/// <param name="Role">A system role; or else</param>
/// <param name="RoleId">a role of the business.</param>
internal sealed record InviteMemberRequest(string Email, Role? Role = null, Guid? RoleId = null);

/// <param name="Token">From the mail.</param>
/// <param name="FullName">Of a new user; left out by whoever is signed in.</param>
/// <param name="Password">Of a new user: 10 to 200 characters.</param>
internal sealed record AcceptInvitationRequest(string Token, string? FullName = null, string? Password = null);

/// <param name="RoleId">Which one, where the role is custom.</param>
/// <param name="ExpiresAt">From then on it has to be sent again.</param>
internal sealed record InvitationBody(Guid Id, string Email, Role Role, Guid? RoleId, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt)
{
    public static InvitationBody Of(InvitationView invitation) =>
        new(invitation.Id.Value, invitation.Email, invitation.Role, invitation.CustomRole?.Value, invitation.ExpiresAt, invitation.CreatedAt);
}
