using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>Who is or was a member of the business, the first one first (TEN-16). Runs in the platform's tenant.</summary>
public sealed record ListTeam(TenantId Business, PageRequest Page) : IRequest<Page<TeamMember>>;

/// <param name="LastActiveAt">When a session in this business was opened or refreshed last; null: none that is remembered.</param>
public sealed record TeamMember(
    UserId UserId, string Email, string FullName, Role Role, RoleId? CustomRole, bool Active, DateTimeOffset Since, DateTimeOffset? LastActiveAt);

internal sealed class ListTeamHandler(IReadStore reads, IAggregates aggregates, ISessions sessions) : IRequestHandler<ListTeam, Page<TeamMember>>
{
    private const string List = "team";

    public async Task<Page<TeamMember>> Handle(ListTeam query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<MembershipView>(
            """
            select * from rm.memberships
             where business_id = @business and (@since::timestamptz is null or (since, membership_id) > (@since, @id))
             order by since, membership_id limit @rows
            """,
            new { query.Business, Since = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        var page = query.Page.Cut(rows, List, row => [row.Since, row.MembershipId]);
        var used = await sessions.LastUsed(query.Business, [.. page.Data.Select(row => row.UserId)], cancellationToken);
        var members = new List<TeamMember>();
        foreach (var row in page.Data)
        {
            var user = await aggregates.Find<User, UserEvent>(row.UserId.Value, cancellationToken);
            members.Add(new(
                row.UserId, user!.State.Email, user.State.FullName, row.Role, row.CustomRole, row.Active, row.Since,
                used.TryGetValue(row.UserId, out var at) ? at : null));
        }

        return new(members, page.HasMore, page.NextCursor);
    }
}
