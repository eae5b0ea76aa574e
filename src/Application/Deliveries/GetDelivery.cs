using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetDelivery(DeliveryId DeliveryId) : IRequest<DeliveryView>;

internal sealed class GetDeliveryHandler(IReadStore reads) : IRequestHandler<GetDelivery, DeliveryView>
{
    public async Task<DeliveryView> Handle(GetDelivery query, CancellationToken cancellationToken) =>
        await reads.Find<DeliveryView>("select * from rm.deliveries where delivery_id = @delivery_id", new { query.DeliveryId }, cancellationToken)
        ?? throw new DomainException(DeliveryErrors.NotFound);
}
