namespace Mainstreet.Domain.Identity;

public enum InvitationStatus
{
    Open,
    Accepted,
    Canceled,
}

/// <summary>
/// Somebody is asked by mail to become a member. Open -> accepted or canceled; for a week it holds a seat, then it can be sent again.
/// Requirement TEN-16.
/// </summary>
/// <param name="Sent">How often it was mailed. The last mail alone is good.</param>
public sealed record Invitation(InvitationId Id, TenantId TenantId, string Email, HeldRole Role, InvitationStatus Status, DateTimeOffset ExpiresAt, int Sent)
    : IAggregate<Invitation, InvitationEvent>
{
    public static readonly TimeSpan Good = TimeSpan.FromDays(7);

    public static InvitationEvent[] Create(InvitationId id, TenantId tenant, string email, HeldRole role, DateTimeOffset now)
    {
        Check.That(role.CanBeHeldIn(tenant), IdentityErrors.RoleNotPossible(role.Role));
        return [new MemberInvited(id, tenant, EmailAddress.Normalize(email), role.Role, role.Custom, now + Good, now)];
    }

    public bool IsGood(DateTimeOffset now) => Status is InvitationStatus.Open && now < ExpiresAt;

    public InvitationEvent[] Resend(DateTimeOffset now)
    {
        Check.That(Status is InvitationStatus.Open, IdentityErrors.InvitationOver);
        return [new InvitationResent(Id, now + Good, now)];
    }

    public InvitationEvent[] Accept(UserId user, DateTimeOffset now)
    {
        Check.That(IsGood(now), IdentityErrors.MailTokenInvalid);
        return [new InvitationAccepted(Id, user, now)];
    }

    public InvitationEvent[] Cancel(DateTimeOffset now)
    {
        Check.That(Status is not InvitationStatus.Accepted, IdentityErrors.InvitationOver);
        return Status is InvitationStatus.Canceled ? [] : [new InvitationCanceled(Id, now)];
    }

    public static Invitation Evolve(Invitation? invitation, InvitationEvent e) => (invitation, e) switch
    {
        (null, MemberInvited made) => new(made.InvitationId, made.TenantId, made.Email, new(made.Role, made.CustomRole), InvitationStatus.Open, made.ExpiresAt, Sent: 1),
        ({ }, InvitationResent resent) => invitation with { ExpiresAt = resent.ExpiresAt, Sent = invitation.Sent + 1 },
        ({ }, InvitationAccepted) => invitation with { Status = InvitationStatus.Accepted },
        ({ }, InvitationCanceled) => invitation with { Status = InvitationStatus.Canceled },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {invitation?.Status.ToString() ?? "an empty stream"}."),
    };

    /// <summary>Names no person, because states end up in logs.</summary>
    public override string ToString() => $"Invitation {Id}";
}
