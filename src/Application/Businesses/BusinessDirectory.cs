using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Infrastructures;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// The platform's directory. It holds what is decided at registration or by the platform; what a business changes by itself,
/// such as its timezone, stands in its own log.
/// </summary>
internal sealed record BusinessEntry(
    [property: Key] TenantId BusinessId, string Name, string Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, DateTimeOffset RegisteredAt,
    UserId? Owner, BusinessOrigin? Origin, DateTimeOffset? WelcomedAt, DateTimeOffset ChangedAt, SuspensionReason? SuspendedFor, DateTimeOffset? ClosesAt,
    [property: NotShown] string NameKey, TenantId InfrastructureId, int Version, string[] FormerSubdomains);

/// <summary>A name that is a business's: its present one, or a former one, which leads there.</summary>
internal sealed record BusinessName([property: Key] TenantId BusinessId, [property: Key] string Subdomain);

internal sealed class BusinessDirectory : Projection<BusinessEntry>
{
    public BusinessDirectory() : base("businesses", version: 5, inline: true)
    {
        On<BusinessRegistered>(
            e => new(
                e.BusinessId, e.Name, e.Subdomain, e.Mode, BusinessStatus.Provisioning, e.TestClockId, e.At, e.Owner, e.Origin, null, e.At, null, null,
                SearchText.Fold(e.Name), e.Infrastructure ?? Infrastructure.Default, 0, []),
            (entry, _, context) => entry with { Version = context.Version });
        Becomes<BusinessActivated>(BusinessStatus.Active, e => e.BusinessId, e => e.At);
        Becomes<BusinessReinstated>(BusinessStatus.Active, e => e.BusinessId, e => e.At);
        Becomes<BusinessReopened>(BusinessStatus.Active, e => e.BusinessId, e => e.At);
        Becomes<BusinessSuspended>(BusinessStatus.Suspended, e => e.BusinessId, e => e.At, (entry, e) => entry with { SuspendedFor = e.Reason });
        Becomes<BusinessClosingStarted>(BusinessStatus.Closing, e => e.BusinessId, e => e.At, (entry, e) => entry with { ClosesAt = e.ClosesAt });
        Becomes<BusinessClosed>(BusinessStatus.Closed, e => e.BusinessId, e => e.At);
        On<BusinessWelcomed>(
            e => new(e.BusinessId, "", "", default, default, null, default, null, null, null, default, null, null, "", default, 0, []),
            (entry, e, context) => entry with { WelcomedAt = e.At, Version = context.Version });
        On<BusinessSubdomainChanged>(
            e => new(e.BusinessId, "", "", default, default, null, default, null, null, null, default, null, null, "", default, 0, []),
            (entry, e, context) => entry with
            {
                Subdomain = e.Subdomain,
                FormerSubdomains = [.. entry.FormerSubdomains.Append(e.From).Where(former => former != e.Subdomain)],
                Version = context.Version,
            });
        PartsIn("business_subdomains", entry => entry.FormerSubdomains.Append(entry.Subdomain).Select(name => new BusinessName(entry.BusinessId, name)))
            .Unique(BusinessErrors.SubdomainTaken, where: null, "subdomain");
        Index("name_key", "business_id");
        Index("infrastructure_id", "name_key", "business_id");
    }

    private void Becomes<TEvent>(
        BusinessStatus status, Func<TEvent, TenantId> id, Func<TEvent, DateTimeOffset> at, Func<BusinessEntry, TEvent, BusinessEntry>? then = null)
        where TEvent : BusinessEvent =>
        On<TEvent>(
            e => new(id(e), "", "", default, status, null, default, null, null, null, at(e), null, null, "", default, 0, []),
            (entry, e, context) =>
            {
                var changed = entry with { Status = status, ChangedAt = at(e), SuspendedFor = null, ClosesAt = null, Version = context.Version };
                return then is null ? changed : then(changed, e);
            });
}
