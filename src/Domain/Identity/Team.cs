namespace Mainstreet.Domain.Identity;

/// <summary>Everybody who is or was a member of one business, as the platform's lane shows them. Requirement TEN-16.</summary>
public sealed class Team(IReadOnlyList<Membership> members)
{
    public int Active => members.Count(member => member.Active);

    /// <summary>Nobody else is an owner.</summary>
    public bool IsLastOwner(UserId user) => !members.Any(member => member is { Active: true, Role: Role.Owner } && member.UserId != user);

    /// <summary>Errors: not_found (404) for whom was never a member.</summary>
    public Membership Of(UserId user) =>
        members.FirstOrDefault(member => member.UserId == user) ?? throw new DomainException(DomainError.NotFound("member"));

    /// <param name="seats">How many members and open invitations the business may have.</param>
    /// <param name="reserved">Open invitations beside the one that is asked for.</param>
    public void CheckSeat(int seats, int reserved) => Check.That(Active + reserved < seats, IdentityErrors.SeatLimitReached(seats, Active + reserved));
}
