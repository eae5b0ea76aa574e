using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// The platform's directory. It holds what is decided at registration or by the platform; what a business changes by itself,
/// such as its timezone, stands in its own log.
/// </summary>
internal sealed record BusinessEntry(
    [property: Key] TenantId BusinessId, string Name, string Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, DateTimeOffset RegisteredAt);

internal sealed class BusinessDirectory : Projection<BusinessEntry>
{
    public BusinessDirectory() : base("businesses", version: 1, inline: true)
    {
        On<BusinessRegistered>(
            e => new(e.BusinessId, e.Name, e.Subdomain, e.Mode, BusinessStatus.Provisioning, e.TestClockId, e.At),
            (entry, _) => entry);
        Becomes<BusinessActivated>(e => e.BusinessId, BusinessStatus.Active);
        Becomes<BusinessReinstated>(e => e.BusinessId, BusinessStatus.Active);
        Becomes<BusinessReopened>(e => e.BusinessId, BusinessStatus.Active);
        Becomes<BusinessSuspended>(e => e.BusinessId, BusinessStatus.Suspended);
        Becomes<BusinessClosingStarted>(e => e.BusinessId, BusinessStatus.Closing);
        Becomes<BusinessClosed>(e => e.BusinessId, BusinessStatus.Closed);
        Unique(BusinessErrors.SubdomainTaken, where: null, "subdomain");
    }

    private void Becomes<TEvent>(Func<TEvent, TenantId> id, BusinessStatus status) where TEvent : BusinessEvent =>
        On<TEvent>(e => new(id(e), "", "", default, status, null, default), (entry, _) => entry with { Status = status });
}
