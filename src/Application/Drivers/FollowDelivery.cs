using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>Tells the pool what has become of a driver's delivery. Runs in the pool; late and repeated messages change nothing.</summary>
[Message("driver_assignment.follow")]
public sealed record FollowDelivery(
    DeliveryId DeliveryId, TenantId BusinessId, DriverId DriverId, DriverAssignmentStatus Status, int DeliveryVersion, DateTimeOffset At) : IRequest<Committed>;

internal sealed class FollowDeliveryHandler(ILane lane) : IRequestHandler<FollowDelivery, Committed>
{
    public Task<Committed> Handle(FollowDelivery command, CancellationToken cancellationToken)
    {
        var id = command.DeliveryId.Value;
        return lane.Change<DriverAssignment, DriverAssignmentEvent>(
            id, expectedVersion: null,
            (known, _) => DriverAssignment.Follow(
                known, command.DeliveryId, command.BusinessId, command.DriverId, command.Status, command.DeliveryVersion, command.At),
            cancellationToken);
    }
}
