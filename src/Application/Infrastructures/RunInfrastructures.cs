using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Infrastructures;
using MediatR;

namespace Mainstreet.Application.Infrastructures;

/// <summary>Runs in the platform's tenant. Errors: slug_taken (409); name_invalid, slug_invalid, email_invalid (400).</summary>
public sealed record CreateInfrastructure(string Name, string Slug, InfrastructureSettings Settings) : IRequest<InfrastructureReceipt>;

public sealed record InfrastructureReceipt(TenantId Id, DateTimeOffset At, int Version) : Committed(Version);

internal sealed class CreateInfrastructureHandler(ILane lane, ITenantContext context) : IRequestHandler<CreateInfrastructure, InfrastructureReceipt>
{
    public Task<InfrastructureReceipt> Handle(CreateInfrastructure command, CancellationToken cancellationToken)
    {
        var id = new TenantId(Uuid.Named("infrastructure", context.CommandId.ToString()));
        return lane.Run(
            streams => streams.Of<Infrastructure>(id.Value),
            (log, now) =>
            {
                InfrastructureView.CheckSlug(id, command.Slug);
                log.Append<Infrastructure, InfrastructureEvent>(id.Value, Infrastructure.Register(id, command.Name, command.Slug, command.Settings, now));
                return new InfrastructureReceipt(id, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>What is null stays as it is. Runs in the platform's tenant. Errors: as <see cref="CreateInfrastructure"/>, and not_found (404), stale_version (412).</summary>
public sealed record ChangeInfrastructure(TenantId Id, string? Name, string? Slug, InfrastructureSettings? Settings, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ChangeInfrastructureHandler(ILane lane) : IRequestHandler<ChangeInfrastructure, Committed>
{
    public Task<Committed> Handle(ChangeInfrastructure command, CancellationToken cancellationToken)
    {
        var (id, main) = (command.Id, InfrastructureView.Default);
        return lane.Run(
            streams => streams.Of<Infrastructure>(id.Value),
            (log, now) =>
            {
                var found = log.Find<Infrastructure>(id.Value);
                Check.That(found is not null || id == main.Id, DomainError.NotFound("infrastructure"));
                log.Expect(id.Value, command.ExpectedVersion);
                var (name, slug, settings) = (
                    command.Name ?? found?.Name ?? main.Name, command.Slug ?? found?.Slug ?? main.Slug, command.Settings ?? found?.Settings ?? main.Settings);
                InfrastructureView.CheckSlug(id, slug);
                log.Append<Infrastructure, InfrastructureEvent>(
                    id.Value, found is null ? Infrastructure.Register(id, name, slug, settings, now) : found.Change(name, slug, settings, now));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>With it go its operators. Runs in the platform's tenant. Errors: not_found (404); infrastructure_in_use (409) while businesses belong to it.</summary>
public sealed record RemoveInfrastructure(TenantId Id) : IRequest<Committed>;

internal sealed class RemoveInfrastructureHandler(ILane lane) : IRequestHandler<RemoveInfrastructure, Committed>
{
    public Task<Committed> Handle(RemoveInfrastructure command, CancellationToken cancellationToken)
    {
        var id = command.Id.Value;
        return lane.Run(
            streams => streams.Of<Infrastructure>(id)
                .In<Business>("select business_id from rm.businesses where infrastructure_id = @id limit 1", new { command.Id })
                .In<Membership>("select membership_id from rm.memberships where business_id = @id and active", new { command.Id }),
            (log, now) =>
            {
                Check.That(command.Id != Infrastructure.Default, InfrastructureErrors.InUse);
                log.Append<Infrastructure, InfrastructureEvent>(id, log.Get<Infrastructure>(id).Remove(log.All<Business>().Count, now));
                foreach (var member in log.All<Membership>())
                {
                    log.Append(member, member.Revoke(lastOwner: false, now));
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
