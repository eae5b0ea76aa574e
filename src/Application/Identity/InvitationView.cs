using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>An invitation as its business sees it.</summary>
/// <param name="Status">Open also when it has expired.</param>
public sealed record InvitationView(
    [property: Key] InvitationId Id, TenantId BusinessId, string Email, Role Role, RoleId? CustomRole, InvitationStatus Status, DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt);

internal sealed class InvitationsProjection : Projection<InvitationView>
{
    public InvitationsProjection() : base("invitations", version: 1, inline: true)
    {
        On<MemberInvited>(e => new(e.InvitationId, e.TenantId, e.Email, e.Role, e.CustomRole, InvitationStatus.Open, e.ExpiresAt, e.At), (row, _) => row);
        Fold<InvitationResent>(e => e.InvitationId, (row, e) => row with { ExpiresAt = e.ExpiresAt });
        Fold<InvitationAccepted>(e => e.InvitationId, (row, _) => row with { Status = InvitationStatus.Accepted });
        Fold<InvitationCanceled>(e => e.InvitationId, (row, _) => row with { Status = InvitationStatus.Canceled });
        Index("business_id", "status", "created_at", "id");
    }

    private void Fold<TEvent>(Func<TEvent, InvitationId> id, Func<InvitationView, TEvent, InvitationView> fold) where TEvent : InvitationEvent =>
        On(e => new(id(e), default, "", default, null, default, default, default), fold);
}
