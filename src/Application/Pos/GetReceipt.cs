using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>The receipt of a sale as it stands now, in the business's language where there are words in it. Errors: not_found (404).</summary>
/// <param name="ForPrinter">Those print from the left to the right, and in no other letters than Latin ones: English instead of what they cannot write.</param>
public sealed record GetReceipt(SaleId SaleId, bool ForPrinter) : IRequest<Receipt>;

internal sealed class GetReceiptHandler(IReadStore reads, IMediator mediator) : IRequestHandler<GetReceipt, Receipt>
{
    public async Task<Receipt> Handle(GetReceipt query, CancellationToken cancellationToken)
    {
        var sale = await mediator.Send(new GetSale(query.SaleId), cancellationToken);
        var place = (await reads.Find<Place>(
            "select r.name as register, p.details, p.timezone, p.settings ->> 'locale' as locale from rm.registers r cross join rm.business_profile p where r.register_id = @register_id",
            new { sale.RegisterId }, cancellationToken))!;
        var words = ReceiptWords.In(query.ForPrinter && Languages.IsRightToLeft(place.Locale) ? Languages.English : place.Locale);
        return Receipt.Of(sale, place.Register, place.Details, place.Timezone, words);
    }

    private sealed record Place(string Register, BusinessDetails Details, string Timezone, string Locale);
}
