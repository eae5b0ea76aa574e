using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>The deliveries that the driver who asks has now, of all businesses, the first assigned first.</summary>
public sealed record ListDriverAssignments(PageRequest Page) : IRequest<Page<AssignedDelivery>>;

public sealed record AssignedDelivery(TenantId BusinessId, DateTimeOffset AssignedAt, DeliveryView Delivery);

internal sealed class ListDriverAssignmentsHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context)
    : IRequestHandler<ListDriverAssignments, Page<AssignedDelivery>>
{
    public async Task<Page<AssignedDelivery>> Handle(ListDriverAssignments query, CancellationToken cancellationToken)
    {
        var page = await Active(query.Page, cancellationToken);
        var deliveries = new Dictionary<DeliveryId, DeliveryView>();
        foreach (var business in page.Data.GroupBy(assignment => assignment.BusinessId, assignment => assignment.DeliveryId.Value))
        {
            foreach (var delivery in await scopes.Send(business.Key, new ListAssignedDeliveries([.. business]), cancellationToken))
            {
                deliveries.Add(delivery.DeliveryId, delivery);
            }
        }

        // what the business has taken back is not shown, though the pool may not have heard of it yet
        return new(
            [
                .. page.Data.Where(assignment => deliveries.ContainsKey(assignment.DeliveryId))
                    .Select(assignment => new AssignedDelivery(assignment.BusinessId, assignment.AssignedAt, deliveries[assignment.DeliveryId])),
            ],
            page.HasMore, page.NextCursor);
    }

    private async Task<Page<DriverAssignmentView>> Active(PageRequest page, CancellationToken cancellationToken)
    {
        var name = $"driver assignments {context.Driver()}";
        var after = page.After(name);
        var rows = await reads.List<DriverAssignmentView>(
            """
            select * from rm.driver_assignments
             where driver_id = @driver_id and status = 'active'
               and (@assigned_at::timestamptz is null or (assigned_at, delivery_id) > (@assigned_at, @delivery_id))
             order by assigned_at, delivery_id limit @rows
            """,
            new { DriverId = context.Driver(), AssignedAt = after?.Time(0), DeliveryId = after?.Id(1), page.Rows },
            cancellationToken);
        return page.Cut(rows, name, assignment => [assignment.AssignedAt, assignment.DeliveryId]);
    }
}

/// <summary>In a business: those that the driver still has.</summary>
internal sealed record ListAssignedDeliveries(Guid[] DeliveryIds) : IRequest<IReadOnlyList<DeliveryView>>;

internal sealed class ListAssignedDeliveriesHandler(IReadStore reads, ITenantContext context) : IRequestHandler<ListAssignedDeliveries, IReadOnlyList<DeliveryView>>
{
    public async Task<IReadOnlyList<DeliveryView>> Handle(ListAssignedDeliveries query, CancellationToken cancellationToken)
    {
        var rows = await reads.List<DeliveryView>(
            "select * from rm.deliveries where delivery_id = any(@delivery_ids) and driver_id = @driver_id",
            new { query.DeliveryIds, DriverId = context.Driver() }, cancellationToken);
        return [.. rows.Where(delivery => delivery.IsActive)];
    }
}
