using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// A signed-in user starts a business and owns it (TEN-11, TEN-12). Registration and activation are commits of the
/// platform's log, what the business begins with is one of its own; each step may be repeated, and a crash between them is
/// made good by <see cref="ProvisioningCompletion"/>. Runs in the platform's tenant. Errors: subdomain_taken,
/// subdomain_reserved, already_exists (409), clock_busy (409) and not_found (404) for a clock to join, and 400 for what is malformed.
/// </summary>
/// <param name="TestClockId">
/// Of another test business, whose clock becomes this one's too; the caller may advance it in all that live by it. Left out: its own.
/// </param>
public sealed record CreateBusiness(
    string Name, string Subdomain, string Currency, string Timezone, BusinessMode Mode, string? Country = null, TenantId? BusinessId = null,
    Guid? TestClockId = null) : IRequest<BusinessReceipt>;

public sealed record BusinessReceipt(TenantId BusinessId, Guid? TestClockId, int Version) : Committed(Version);

internal sealed class CreateBusinessHandler(ILane lane, ITenantScopes scopes, ITenantContext context) : IRequestHandler<CreateBusiness, BusinessReceipt>
{
    public async Task<BusinessReceipt> Handle(CreateBusiness command, CancellationToken cancellationToken)
    {
        var id = command.BusinessId ?? new TenantId(Uuid.Named("business", context.CommandId.ToString()));
        var clock = command.TestClockId ?? (command.Mode is BusinessMode.Test ? Uuid.Named("test_clock", id.ToString()) : null);
        if (command.TestClockId is { } shared)
        {
            var businesses = await scopes.Send(context.Tenant, new ListBusinessesOfClock(shared), cancellationToken);
            Check.That(businesses.Count > 0 && businesses.All(business => business.MayAdvance), TestClockErrors.Unknown);
        }

        var registration = new BusinessRegistration(
            id, command.Name, command.Subdomain, command.Currency, command.Timezone, new UserId(context.Actor.Id!.Value), command.Mode,
            clock, command.Country);
        await scopes.Send(context.Tenant, new RegisterBusiness(registration), cancellationToken);
        await scopes.Send(id, new ProvisionBusiness(command.Name, command.Currency, command.Timezone), cancellationToken);
        return await lane.Run(
            streams => streams.Of<Business>(id.Value),
            (log, now) =>
            {
                var business = log.Get<Business>(id.Value);
                log.Append<Business, BusinessEvent>(id.Value, business.Status is BusinessStatus.Provisioning ? business.Activate(now) : []);
                return new BusinessReceipt(id, business.TestClockId, log.Version(id.Value));
            },
            cancellationToken);
    }
}
