using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Infrastructures;
using MediatR;

namespace Mainstreet.Application.Infrastructures;

/// <summary>
/// A user becomes an operator of an infrastructure, once the address by which they are named is proved to be theirs. Runs in the platform's
/// tenant. Errors: not_found (404) for the infrastructure and the user; email_not_verified (409).
/// </summary>
public sealed record AddOperator(TenantId Infrastructure, string Email) : IRequest<OperatorReceipt>
{
    /// <summary>Without the address, because requests end up in logs.</summary>
    public override string ToString() => nameof(AddOperator);
}

public sealed record OperatorReceipt(UserId UserId, int Version) : Committed(Version);

internal sealed class AddOperatorHandler(ILane lane, IReadStore reads) : IRequestHandler<AddOperator, OperatorReceipt>
{
    public async Task<OperatorReceipt> Handle(AddOperator command, CancellationToken cancellationToken)
    {
        var (email, infrastructure) = (EmailAddress.Normalize(command.Email), command.Infrastructure);
        var user = (await reads.FindUser(email, cancellationToken))?.UserId
            ?? throw new DomainException(DomainError.NotFound("user"));
        var membership = Membership.StreamOf(user, infrastructure);
        return await lane.Run(
            streams => streams.Of<Infrastructure>(infrastructure.Value).Of<Membership>(membership).Of<User>(user.Value),
            (log, now) =>
            {
                var found = log.Find<Infrastructure>(infrastructure.Value);
                Check.That(found is { Removed: false } || infrastructure == Domain.Infrastructures.Infrastructure.Default, DomainError.NotFound("infrastructure"));
                Check.That(log.Get<User>(user.Value).EmailVerified, IdentityErrors.EmailNotVerified);
                log.Append<Membership, MembershipEvent>(
                    membership, Membership.Grant(log.Find<Membership>(membership), user, infrastructure, Role.InfrastructureAdmin, now));
                return new OperatorReceipt(user, log.Version(membership));
            },
            cancellationToken);
    }
}

/// <summary>Access tokens are refused at once. Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record RemoveOperator(TenantId Infrastructure, UserId UserId) : IRequest<Committed>;

internal sealed class RemoveOperatorHandler(ILane lane) : IRequestHandler<RemoveOperator, Committed>
{
    public Task<Committed> Handle(RemoveOperator command, CancellationToken cancellationToken)
    {
        var membership = Membership.StreamOf(command.UserId, command.Infrastructure);
        return lane.Run(
            streams => streams.Of<Membership>(membership),
            (log, now) =>
            {
                var member = log.Find<Membership>(membership);
                Check.That(member is { Role: Role.InfrastructureAdmin }, DomainError.NotFound("operator"));
                log.Append<Membership, MembershipEvent>(membership, member!.Revoke(lastOwner: false, now));
                return new Committed(log.Version(membership));
            },
            cancellationToken);
    }
}

/// <summary>Who operates an infrastructure, the first one first. Runs in the platform's tenant.</summary>
public sealed record ListOperators(TenantId Infrastructure, PageRequest Page) : IRequest<Page<OperatorEntry>>;

public sealed record OperatorEntry(UserId UserId, string Email, DateTimeOffset Since, Guid MembershipId);

internal sealed class ListOperatorsHandler(IReadStore reads) : IRequestHandler<ListOperators, Page<OperatorEntry>>
{
    public async Task<Page<OperatorEntry>> Handle(ListOperators query, CancellationToken cancellationToken)
    {
        var list = $"operators\n{query.Infrastructure}";
        var after = query.Page.After(list);
        var rows = await reads.List<OperatorEntry>(
            """
            select m.user_id, u.email, m.since, m.membership_id from rm.memberships m join rm.users u on u.user_id = m.user_id
             where m.business_id = @infrastructure and m.role = 'infrastructure_admin' and m.active
               and (@since::timestamptz is null or (m.since, m.membership_id) > (@since, @id))
             order by m.since, m.membership_id limit @rows
            """,
            new { query.Infrastructure, Since = after?.Time(0), Id = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, row => [row.Since, row.MembershipId]);
    }
}
