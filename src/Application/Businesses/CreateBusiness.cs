using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// A signed-in user starts a business and owns it (TEN-11, TEN-12), in the steps of <see cref="BusinessStart"/>. Runs in the platform's
/// tenant. Errors: subdomain_taken, subdomain_reserved, already_exists (409), clock_busy (409) and not_found (404) for a clock to join,
/// and 400 for what is malformed.
/// </summary>
/// <param name="Subdomain">Null: one is made from the name.</param>
/// <param name="TestClockId">
/// Of another test business, whose clock becomes this one's too; the caller may advance it in all that live by it. Left out: its own.
/// </param>
public sealed record CreateBusiness(
    string Name, string? Subdomain, string Currency, string Timezone, BusinessMode Mode, string? Country = null, TenantId? BusinessId = null,
    Guid? TestClockId = null) : IRequest<BusinessReceipt>;

public sealed record BusinessReceipt(TenantId BusinessId, Guid? TestClockId, int Version, string Subdomain) : Committed(Version);

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
            id, command.Name, command.Subdomain ?? "", command.Currency, command.Timezone, new UserId(context.Actor.Id!.Value), command.Mode,
            clock, command.Country);
        return await lane.Start(scopes, registration, command.Subdomain, new NewOwner(), started => started, cancellationToken);
    }
}
