using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// An operator halts a business: its members read and export, and nothing is sold. Runs in the platform's tenant. Errors: not_found (404),
/// illegal_transition (409).
/// </summary>
public sealed record SuspendBusiness(TenantId BusinessId, SuspensionReason Reason, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class SuspendBusinessHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<SuspendBusiness, Committed>
{
    public Task<Committed> Handle(SuspendBusiness command, CancellationToken cancellationToken) => aggregates.Update<Business, BusinessEvent>(
        command.BusinessId.Value, command.ExpectedVersion, business => business.Suspend(command.Reason, clock.GetUtcNow()), cancellationToken);
}

/// <summary>The business goes on, and so do the messages that waited for it. Otherwise as <see cref="SuspendBusiness"/>.</summary>
public sealed record ReinstateBusiness(TenantId BusinessId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ReinstateBusinessHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ReinstateBusiness, Committed>
{
    public Task<Committed> Handle(ReinstateBusiness command, CancellationToken cancellationToken) => aggregates.Update<Business, BusinessEvent>(
        command.BusinessId.Value, command.ExpectedVersion, business => business.Reinstate(clock.GetUtcNow()), cancellationToken);
}
