using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>The receipt of a sale as it stands now. Errors: not_found (404).</summary>
public sealed record GetReceipt(SaleId SaleId) : IRequest<Receipt>;

internal sealed class GetReceiptHandler(IReadStore reads, IMediator mediator) : IRequestHandler<GetReceipt, Receipt>
{
    public async Task<Receipt> Handle(GetReceipt query, CancellationToken cancellationToken)
    {
        var sale = await mediator.Send(new GetSale(query.SaleId), cancellationToken);
        var place = (await reads.Find<Place>(
            "select r.name as register, p.details, p.timezone from rm.registers r cross join rm.business_profile p where r.register_id = @register_id",
            new { sale.RegisterId }, cancellationToken))!;
        return Receipt.Of(sale, place.Register, place.Details, place.Timezone);
    }

    private sealed record Place(string Register, BusinessDetails Details, string Timezone);
}
