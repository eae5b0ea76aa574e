using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>A registration whose request died half-way is finished by itself.</summary>
internal sealed class ProvisioningCompletion : Policy
{
    public ProvisioningCompletion() : base("provisioning_completion") =>
        On<BusinessRegistered>(e => Schedule(new CompleteProvisioning(e.BusinessId, e.Name, e.Currency, e.Timezone), e.At.AddSeconds(10)));
}

/// <summary>Does what is still missing of <see cref="CreateBusiness"/>. Runs in the platform's tenant.</summary>
[Message("business.complete_provisioning")]
internal sealed record CompleteProvisioning(TenantId BusinessId, string Name, string Currency, string Timezone) : IRequest<Committed>;

internal sealed class CompleteProvisioningHandler(IAggregates aggregates, ITenantScopes scopes, TimeProvider clock) : IRequestHandler<CompleteProvisioning, Committed>
{
    public async Task<Committed> Handle(CompleteProvisioning command, CancellationToken cancellationToken)
    {
        var business = await aggregates.Find<Business, BusinessEvent>(command.BusinessId.Value, cancellationToken);
        if (business is not { State.Status: BusinessStatus.Provisioning })
        {
            return new Committed(business?.Version ?? 0);
        }

        await scopes.Send(command.BusinessId, new ProvisionBusiness(command.Name, command.Currency, command.Timezone), cancellationToken);
        return await aggregates.Update<Business, BusinessEvent>(
            command.BusinessId.Value, null, state => state.Status is BusinessStatus.Provisioning ? state.Activate(clock.GetUtcNow()) : [], cancellationToken);
    }
}
