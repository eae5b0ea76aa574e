using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Api.Pos;

/// <summary>What tills sold while they were offline (POS-05).</summary>
internal static class SyncEndpoint
{
    private const int MaxBody = 8 * 1024 * 1024;

    public static void MapSaleSync(this IEndpointRouteBuilder api) =>
        api.MapPost("/business/sales:sync", Sync).WithName("SyncSales").WithTags("Point of sale").RequirePermission(Permissions.SalesWrite).For(Purpose.WindUp).AllowBody(MaxBody);

    private static async Task<OkAnswer<SyncedSalesBody>> Sync(SyncSalesRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new SyncSales(request.DeviceId, [.. request.Sales.Select(sale => sale.ToSale())]), cancellationToken);
        return Answers.Ok(new SyncedSalesBody([.. receipt.Sales.Select(SyncedSaleBody.Of)]), receipt);
    }
}

/// <param name="Sales">1 to 500, in the order in which they were made.</param>
internal sealed record SyncSalesRequest(string DeviceId, OfflineSaleRequest[] Sales);

/// <summary>A sale that has been made: its prices and taxes are kept, and goods that were not there have left all the same.</summary>
/// <param name="ClientId">What the till calls the sale: it is rung up once, however often it is sent.</param>
/// <param name="SessionId">The session of the till, still open.</param>
/// <param name="OccurredAt">By the clock of the till.</param>
/// <param name="Total">What the customer was told.</param>
internal sealed record OfflineSaleRequest(
    string ClientId,
    Guid SessionId,
    DateTimeOffset OccurredAt,
    OfflineLineRequest[] Lines,
    TenderRequest[] Payments,
    OrderChannel Channel = OrderChannel.WalkIn,
    Guid? CustomerId = null,
    Money? Discount = null,
    string? DiscountReason = null,
    bool PayLater = false,
    Money? Total = null,
    string? Note = null)
{
    public OfflineTillSale ToSale() => new(
        new(
            ClientId, new(SessionId), Channel, CustomerId is { } customer ? new CustomerId(customer) : null,
            [.. Lines.Select(line => new TillLine(new(line.VariantId), line.Quantity, line.UnitPrice, line.Discount, line.TaxRatePercent, line.Reason, line.ToChoices()))],
            Discount, DiscountReason,
            [.. Payments.Select(payment => payment.ToTender())], PayLater, Total, Note),
        OccurredAt);
}

/// <param name="UnitPrice">At which it was sold, with what was chosen.</param>
/// <param name="TaxRatePercent">With which the till counted; left out: that of the product's category, else the business's.</param>
/// <param name="Choices">What was chosen with each one.</param>
internal sealed record OfflineLineRequest(
    Guid VariantId, decimal Quantity, Money UnitPrice, Money? Discount = null, decimal? TaxRatePercent = null, string? Reason = null, OfflineChoiceRequest[]? Choices = null)
{
    public TillChoice[] ToChoices() => [.. (Choices ?? []).Select(choice => new TillChoice(new(choice.ChoiceId), choice.Quantity, new(choice.Group, choice.Name, choice.Price)))];
}

/// <param name="Group">As the till called it.</param>
/// <param name="Name">As the till called it.</param>
/// <param name="Price">Of one, and in the line's unit price.</param>
/// <param name="Quantity">How often, with each one.</param>
internal sealed record OfflineChoiceRequest(Guid ChoiceId, string Group, string Name, Money Price, int Quantity = 1);

/// <summary>How each sale fared, in the order in which they were sent.</summary>
internal sealed record SyncedSalesBody(SyncedSaleBody[] Sales);

/// <param name="Status">duplicate: it was rung up before. rejected: nothing was done, and it may be sent again under the same id.</param>
/// <param name="Differences">In what it differs from what the business would have asked.</param>
internal sealed record SyncedSaleBody(string? ClientId, SyncOutcome Status, Guid? Id, string? Number, OfflineDifference[]? Differences, ProblemError? Error)
{
    public static SyncedSaleBody Of(SyncedSale sale) => new(sale.ClientId, sale.Status, sale.SaleId?.Value, sale.Number, sale.Differences, ProblemError.Of(sale.Error));
}
