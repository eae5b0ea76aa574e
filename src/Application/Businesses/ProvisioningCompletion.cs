using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>A registration whose request died half-way is finished by itself.</summary>
internal sealed class ProvisioningCompletion : Policy
{
    public ProvisioningCompletion() : base("provisioning_completion") =>
        On<BusinessRegistered>(e => Schedule(new CompleteProvisioning(e.BusinessId, e.Name, e.Currency, e.Timezone, e.ImportedFrom, e.Origin), e.At.AddSeconds(10)));
}

/// <summary>
/// Does what is still missing of <see cref="BusinessStart"/>. A business that begins with the log of another one gets nothing in its
/// place: it is activated when the log is there, else it waits for the import to be repeated. Runs in the platform's tenant.
/// </summary>
[Message("business.complete_provisioning")]
internal sealed record CompleteProvisioning(
    TenantId BusinessId, string Name, string Currency, string Timezone, TenantId? ImportedFrom = null, BusinessOrigin? Origin = null) : IRequest<Committed>;

internal sealed class CompleteProvisioningHandler(IAggregates aggregates, ITenantScopes scopes, TimeProvider clock) : IRequestHandler<CompleteProvisioning, Committed>
{
    public async Task<Committed> Handle(CompleteProvisioning command, CancellationToken cancellationToken)
    {
        var business = await aggregates.Find<Business, BusinessEvent>(command.BusinessId.Value, cancellationToken);
        if (business is not { State.Status: BusinessStatus.Provisioning })
        {
            return new Committed(business?.Version ?? 0);
        }

        if (command.ImportedFrom is not null && !await scopes.Send(command.BusinessId, new HasProfile(), cancellationToken))
        {
            return new Committed(business.Version);
        }

        await scopes.Send(
            command.BusinessId, new ProvisionBusiness(command.Name, command.Currency, command.Timezone, HasCategories: command.Origin is not null), cancellationToken);
        return await aggregates.Update<Business, BusinessEvent>(
            command.BusinessId.Value, null, state => state.Status is BusinessStatus.Provisioning ? state.Activate(clock.GetUtcNow()) : [], cancellationToken);
    }
}

/// <summary>Whether the present business's log has begun.</summary>
internal sealed record HasProfile : IRequest<bool>;

internal sealed class HasProfileHandler(IAggregates aggregates, ITenantContext context) : IRequestHandler<HasProfile, bool>
{
    public async Task<bool> Handle(HasProfile query, CancellationToken cancellationToken) =>
        await aggregates.Find<BusinessProfile, BusinessProfileEvent>(context.Tenant.Value, cancellationToken) is not null;
}
