using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>The business's deliveries, newest first.</summary>
public sealed record ListDeliveries(PageRequest Page, DeliveryStatus? Status = null, DriverId? DriverId = null, OrderId? OrderId = null) : IRequest<Page<DeliveryView>>;

internal sealed class ListDeliveriesHandler(IReadStore reads) : IRequestHandler<ListDeliveries, Page<DeliveryView>>
{
    public async Task<Page<DeliveryView>> Handle(ListDeliveries query, CancellationToken cancellationToken)
    {
        var name = $"deliveries {query.Status} {query.DriverId} {query.OrderId}";
        var after = query.Page.After(name);
        var rows = await reads.List<DeliveryView>(
            $"""
            select * from rm.deliveries where true
               {(query.Status is null ? "" : "and status = @status")}
               {(query.DriverId is null ? "" : "and driver_id = @driver_id")}
               {(query.OrderId is null ? "" : "and order_id = @order_id")}
               {(after is null ? "" : "and (requested_at, delivery_id) < (@requested_at, @delivery_id)")}
             order by requested_at desc, delivery_id desc limit @rows
            """,
            new { query.Status, query.DriverId, query.OrderId, query.Page.Rows, RequestedAt = after?.Time(0), DeliveryId = after?.Id(1) },
            cancellationToken);
        return query.Page.Cut(rows, name, delivery => [delivery.RequestedAt, delivery.DeliveryId]);
    }
}
