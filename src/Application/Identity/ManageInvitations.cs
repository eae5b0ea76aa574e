using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// The mail once more, good for another week; the one before is not good any more. Runs in the platform's tenant. Errors: not_found (404);
/// role_above_yours (403); invitation_over, seat_limit_reached (409); too many attempts (429).
/// </summary>
public sealed record ResendInvitation(TenantId Business, InvitationId InvitationId, Client Client) : IRequest<Committed>;

/// <summary>
/// The mail is good for nothing any more, and the seat free. Runs in the platform's tenant. Errors: not_found (404); role_above_yours (403);
/// invitation_over (409).
/// </summary>
public sealed record CancelInvitation(TenantId Business, InvitationId InvitationId) : IRequest<Committed>;

/// <summary>The invitations of a business that were not accepted or canceled, the newest first. Runs in the platform's tenant.</summary>
public sealed record ListInvitations(TenantId Business, PageRequest Page) : IRequest<Page<InvitationView>>;

internal sealed class ResendInvitationHandler(ILane lane, IReadStore reads, IEntitlements entitlements, IAttempts attempts, ITenantContext context)
    : IRequestHandler<ResendInvitation, Committed>
{
    public async Task<Committed> Handle(ResendInvitation command, CancellationToken cancellationToken)
    {
        var row = await reads.Find<InvitationView>(
            "select * from rm.invitations where id = @invitation_id and business_id = @business", new { command.InvitationId, command.Business }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("invitation"));
        Check.That(row.Status is InvitationStatus.Open, IdentityErrors.InvitationOver);
        await attempts.Reserve(Guess.Mail, $"invitation:{command.Business}:{row.Email}", account: null, command.Client, cancellationToken);
        var seats = (await entitlements.Of(command.Business, cancellationToken)).Seats;
        var id = command.InvitationId;
        return await lane.Run(
            streams => streams.OfTeam(command.Business).Of<Invitation>(id.Value),
            (log, now) =>
            {
                var invitation = log.Get<Invitation>(id.Value);
                log.CheckMayGive(new(context.Actor.Id!.Value), invitation.Role);
                log.Team().CheckSeat(seats, now, own: id);
                log.Append<Invitation, InvitationEvent>(id.Value, invitation.Resend(now));
                log.Send(command.Business, new SendInvitation(id));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}

internal sealed class CancelInvitationHandler(ILane lane, ITenantContext context) : IRequestHandler<CancelInvitation, Committed>
{
    public Task<Committed> Handle(CancelInvitation command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.OfTeam(command.Business).Of<Invitation>(command.InvitationId.Value),
        (log, now) =>
        {
            var invitation = log.Get<Invitation>(command.InvitationId.Value);
            Check.That(invitation.TenantId == command.Business, DomainError.NotFound("invitation"));
            log.CheckMayGive(new(context.Actor.Id!.Value), invitation.Role);
            log.Append<Invitation, InvitationEvent>(invitation.Id.Value, invitation.Cancel(now));
            return new Committed(log.Version(invitation.Id.Value));
        },
        cancellationToken);
}

internal sealed class ListInvitationsHandler(IReadStore reads) : IRequestHandler<ListInvitations, Page<InvitationView>>
{
    private const string List = "invitations";

    public async Task<Page<InvitationView>> Handle(ListInvitations query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<InvitationView>(
            """
            select * from rm.invitations
             where business_id = @business and status = 'open' and (@made::timestamptz is null or (created_at, id) < (@made, @id))
             order by created_at desc, id desc limit @rows
            """,
            new { query.Business, Made = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, List, row => [row.CreatedAt, row.Id]);
    }
}
