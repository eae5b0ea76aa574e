using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>What a driver does with a delivery. Runs in the log of the business that the delivery belongs to, with the driver as actor.</summary>
public abstract record DriverCommand(DeliveryId DeliveryId) : IRequest<Committed>;

/// <summary>
/// Runs a driver's command where the delivery is, and waits for the answer: a refusal says what is possible instead
/// (design 5). The answer's position is one of the business's log. Errors: not_found (404) for a delivery that was never
/// this driver's, and what the command refuses.
/// </summary>
public sealed record ActAsDriver(DriverCommand Command) : IRequest<DriverStepTaken>;

/// <summary>Not a commit of the pool, where the driver's requests come in.</summary>
public sealed record DriverStepTaken(Committed There);

internal sealed class ActAsDriverHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context) : IRequestHandler<ActAsDriver, DriverStepTaken>
{
    public async Task<DriverStepTaken> Handle(ActAsDriver request, CancellationToken cancellationToken)
    {
        var business = await reads.BusinessOf(request.Command.DeliveryId, context.Driver(), cancellationToken);
        return new(await scopes.Send(business, request.Command, cancellationToken));
    }
}

internal static class DriverAssignments
{
    /// <summary>Where a delivery of the driver is, as the pool knows it. Errors: not_found (404).</summary>
    public static async Task<TenantId> BusinessOf(this IReadStore reads, DeliveryId delivery, DriverId driver, CancellationToken cancellationToken) =>
        (await reads.Find<DriverAssignmentView>(
            "select * from rm.driver_assignments where delivery_id = @delivery_id and driver_id = @driver_id",
            new { DeliveryId = delivery, DriverId = driver }, cancellationToken)
            ?? throw new DomainException(DeliveryErrors.NotFound)).BusinessId;

    /// <summary>In the business: a delivery that the driver has, or had. Errors: not_found (404).</summary>
    public static async Task<DeliveryView> DeliveryOf(this IReadStore reads, DeliveryId delivery, DriverId driver, CancellationToken cancellationToken) =>
        await reads.Find<DeliveryView>(
            "select * from rm.deliveries where delivery_id = @delivery_id and driver_id = @driver_id", new { DeliveryId = delivery, DriverId = driver }, cancellationToken)
            ?? throw new DomainException(DeliveryErrors.NotFound);
}
