using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// A role of the business's own (IAM-09), of permissions that whoever defines it holds. Runs in the platform's tenant. Errors:
/// permission_unknown, role_name_invalid (400); role_above_yours (403); role_name_taken, already_exists (409).
/// </summary>
public sealed record DefineRole(TenantId Business, string Name, string? Description, string[] Permissions, RoleId? RoleId = null) : IRequest<RoleReceipt>;

public sealed record RoleReceipt(RoleId RoleId, DateTimeOffset At, int Version) : Committed(Version);

/// <summary>
/// What is left out stays. It counts for those who hold the role from their next request on. Runs in the platform's tenant. Errors: as for
/// <see cref="DefineRole"/>; role_above_yours (403) also for what the role held before; not_found (404); stale_version (412).
/// </summary>
public sealed record ChangeRole(TenantId Business, RoleId RoleId, string? Name, Change<string>? Description, string[]? Permissions, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Runs in the platform's tenant. Errors: not_found (404); role_above_yours (403); role_in_use (409).</summary>
public sealed record DeleteRole(TenantId Business, RoleId RoleId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class DefineRoleValidator : AbstractValidator<DefineRole>
{
    public DefineRoleValidator()
    {
        RuleFor(c => c.RoleId).Must(id => id?.Value != Guid.Empty);
        RuleForEach(c => c.Permissions).IsOfBusinesses();
    }
}

internal sealed class ChangeRoleValidator : AbstractValidator<ChangeRole>
{
    public ChangeRoleValidator() => RuleForEach(c => c.Permissions).IsOfBusinesses();
}

internal sealed class DefineRoleHandler(ILane lane, ITenantContext context) : IRequestHandler<DefineRole, RoleReceipt>
{
    public Task<RoleReceipt> Handle(DefineRole command, CancellationToken cancellationToken)
    {
        var id = command.RoleId ?? new RoleId(Uuid.New());
        return lane.Run(
            streams => streams.OfTeam(command.Business).Of<CustomRole>(id.Value),
            (log, now) =>
            {
                Check.That(log.Version(id.Value) == 0, DomainError.AlreadyExists("role"));
                log.CheckHolds(new(context.Actor.Id!.Value), command.Permissions);
                log.Append<CustomRole, CustomRoleEvent>(
                    id.Value, CustomRole.Define(id, command.Business, command.Name, command.Description, Permissions.Sorted(command.Permissions), now));
                return new RoleReceipt(id, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}

internal sealed class ChangeRoleHandler(ILane lane, ITenantContext context) : IRequestHandler<ChangeRole, Committed>
{
    public Task<Committed> Handle(ChangeRole command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.OfTeam(command.Business),
        (log, now) =>
        {
            var role = log.CustomRole(command.RoleId);
            log.Expect(role.Id.Value, command.ExpectedVersion);
            var permissions = command.Permissions is { } wanted ? Permissions.Sorted(wanted) : role.Permissions;
            log.CheckHolds(new(context.Actor.Id!.Value), [.. role.Permissions, .. permissions]);
            log.Append<CustomRole, CustomRoleEvent>(
                role.Id.Value, role.Change(command.Name ?? role.Name, command.Description is { } description ? description.To : role.Description, permissions, now));
            return new Committed(log.Version(role.Id.Value));
        },
        cancellationToken);
}

internal sealed class DeleteRoleHandler(ILane lane, ITenantContext context) : IRequestHandler<DeleteRole, Committed>
{
    public Task<Committed> Handle(DeleteRole command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.OfTeam(command.Business)
            .In<Membership>("select membership_id from rm.memberships where business_id = @business and custom_role = @role_id", new { command.Business, command.RoleId })
            .In<Invitation>("select id from rm.invitations where business_id = @business and status = 'open' and custom_role = @role_id", new { command.Business, command.RoleId }),
        (log, now) =>
        {
            var role = log.CustomRole(command.RoleId);
            log.Expect(role.Id.Value, command.ExpectedVersion);
            log.CheckHolds(new(context.Actor.Id!.Value), role.Permissions);
            log.Append<CustomRole, CustomRoleEvent>(role.Id.Value, role.Delete(log.Team().HoldersOf(role.Id), now));
            return new Committed(log.Version(role.Id.Value));
        },
        cancellationToken);
}
