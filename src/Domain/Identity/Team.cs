namespace Mainstreet.Domain.Identity;

/// <summary>The members of one business and its invitations that are good, as the platform's lane shows them, with others who are asked for. Requirement TEN-16.</summary>
public sealed class Team(IReadOnlyList<Membership> members, IReadOnlyList<Invitation> invitations)
{
    /// <summary>Nobody else is an owner.</summary>
    public bool IsLastOwner(UserId user) => !members.Any(member => member is { Active: true, Role: Role.Owner } && member.UserId != user);

    /// <summary>Errors: not_found (404) for whom was never a member.</summary>
    public Membership Of(UserId user) =>
        members.FirstOrDefault(member => member.UserId == user) ?? throw new DomainException(DomainError.NotFound("member"));

    public int HoldersOf(RoleId role) =>
        members.Count(member => member.Held.Custom == role) + invitations.Count(invitation => invitation.Status is InvitationStatus.Open && invitation.Role.Custom == role);

    /// <summary>Members have seats, and so have open invitations for as long as they are good.</summary>
    /// <param name="seats">How many the business may have.</param>
    /// <param name="own">The invitation whose seat is asked for.</param>
    public void CheckSeat(int seats, DateTimeOffset now, InvitationId? own = null)
    {
        var taken = members.Count(member => member.Active) + invitations.Count(invitation => invitation.IsGood(now) && invitation.Id != own);
        Check.That(taken < seats, IdentityErrors.SeatLimitReached(seats, taken));
    }
}
