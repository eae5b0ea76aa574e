using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// A business begins to close, and is closed <see cref="Business.Grace"/> later by its own clock. One that is suspended is closed at once,
/// and by an operator only. Runs in the platform's tenant. Errors: not_found (404), illegal_transition (409).
/// </summary>
/// <param name="ByOperator">Else by its owner.</param>
public sealed record CloseBusiness(TenantId BusinessId, bool ByOperator) : IRequest<Committed>;

internal sealed class CloseBusinessHandler(IAggregates aggregates, ITenantScopes scopes, TimeProvider clock) : IRequestHandler<CloseBusiness, Committed>
{
    public async Task<Committed> Handle(CloseBusiness command, CancellationToken cancellationToken)
    {
        var id = command.BusinessId;
        var (now, found) = (clock.GetUtcNow(), await aggregates.Find<Business, BusinessEvent>(id.Value, cancellationToken));
        if (found is { State: { Status: BusinessStatus.Suspended } } && command.ByOperator)
        {
            return await aggregates.Update<Business, BusinessEvent>(id.Value, null, business => business.Terminate(now), cancellationToken);
        }

        // first the end and then the beginning: an end that comes to nothing changes nothing
        var closesAt = found?.State.StartClosing(now, now) is [_, ..] ? (await scopes.Send(id, new ScheduleClosing(id), cancellationToken)).ClosesAt : now;
        return await aggregates.Update<Business, BusinessEvent>(id.Value, null, business => business.StartClosing(closesAt, now), cancellationToken);
    }
}

/// <summary>The business goes on as if it had never closed. Runs in the platform's tenant. Errors: as <see cref="CloseBusiness"/>.</summary>
public sealed record ReopenBusiness(TenantId BusinessId) : IRequest<Committed>;

internal sealed class ReopenBusinessHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ReopenBusiness, Committed>
{
    public Task<Committed> Handle(ReopenBusiness command, CancellationToken cancellationToken) =>
        aggregates.Update<Business, BusinessEvent>(command.BusinessId.Value, null, business => business.Reopen(clock.GetUtcNow()), cancellationToken);
}
