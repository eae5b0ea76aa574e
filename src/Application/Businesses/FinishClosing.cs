using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>Sets the end of a business that closes, by its own clock. Runs in the business.</summary>
internal sealed record ScheduleClosing(TenantId BusinessId) : IRequest<ClosingScheduled>;

internal sealed record ClosingScheduled(DateTimeOffset ClosesAt, int Version) : Committed(Version);

internal sealed class ScheduleClosingHandler(ILane lane) : IRequestHandler<ScheduleClosing, ClosingScheduled>
{
    public Task<ClosingScheduled> Handle(ScheduleClosing command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            var closesAt = now + Business.Grace;
            log.Schedule(new FinishClosing(command.BusinessId, closesAt), closesAt);
            return new ClosingScheduled(closesAt, Version: 0);
        },
        cancellationToken);
}

/// <summary>The time of grace is over: whoever has reopened the business meanwhile, or closed it anew, is not concerned.</summary>
[Message("business.finish_closing")]
internal sealed record FinishClosing(TenantId BusinessId, DateTimeOffset ClosesAt) : IRequest<Committed>;

internal sealed class FinishClosingHandler(ITenantScopes scopes) : IRequestHandler<FinishClosing, Committed>
{
    public async Task<Committed> Handle(FinishClosing command, CancellationToken cancellationToken)
    {
        await scopes.Send(TenantId.Platform, new EndBusiness(command.BusinessId, command.ClosesAt), cancellationToken);
        return new(0);
    }
}

/// <summary>Runs in the platform's tenant.</summary>
internal sealed record EndBusiness(TenantId BusinessId, DateTimeOffset ClosesAt) : IRequest<Committed>;

internal sealed class EndBusinessHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<EndBusiness, Committed>
{
    public Task<Committed> Handle(EndBusiness command, CancellationToken cancellationToken) => aggregates.Update<Business, BusinessEvent>(
        command.BusinessId.Value, null, business => business.FinishClosing(command.ClosesAt, clock.GetUtcNow()), cancellationToken);
}
