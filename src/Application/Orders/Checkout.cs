using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Application.Orders;

/// <summary>
/// What a basket costs and whether it can be sold, from the streams as they stand in the lane: the server's prices, the
/// business's taxes and terms, the storefront's hours and area (WL-06, ORD-03, ORD-04).
/// </summary>
internal sealed class Checkout(PlaceOrder command, BusinessSettings settings, StorefrontSettings storefront, DateTimeOffset now)
{
    /// <summary>How far ahead an order can be scheduled.</summary>
    public static readonly TimeSpan LongestAhead = TimeSpan.FromDays(90);

    private const int DefaultPreparationMinutes = 20;

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Timezone);

    private string Currency => settings.Currency;

    /// <summary>The order as it would be placed. Errors: see <see cref="CheckoutErrors"/>.</summary>
    public OrderDraft Draft(IReadOnlyList<Product?> products, string number, CustomerId customer, string trackingTokenHash)
    {
        CheckTime();
        CheckCurrency("tip", command.Tip);
        CheckCurrency("expected_total", command.ExpectedTotal);
        var lines = Lines(products);
        var totals = OrderTotals.Of(lines, settings.PricesIncludeTax, Money.Zero(Currency), DeliveryFee(), command.Tip ?? Money.Zero(Currency));
        if (storefront.MinimumOrder is { } minimum && totals.Subtotal.Amount < minimum.Amount)
        {
            throw new DomainException(CheckoutErrors.BelowMinimum(minimum, totals.Subtotal));
        }

        if (command.ExpectedTotal is { } expected && expected != totals.Total)
        {
            throw new DomainException(CheckoutErrors.PriceChanged(totals));
        }

        return new(
            command.OrderId, settings.OrderPrefix + number, OrderChannel.Online, command.DeliveryType, lines, totals, command.PaymentMethod,
            customer, command.Contact, command.Address, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), trackingTokenHash,
            Terms(products), command.ScheduledFor);
    }

    /// <summary>What each item promises to the order. Lines of one variant are one demand (STK-04). Errors: out_of_stock with every shortage.</summary>
    public static IEnumerable<(VariantId VariantId, StockEvent[] Reserved)> Reserve(OrderDraft draft, Func<VariantId, StockItem?> stock, DateTimeOffset now)
    {
        var demand = OrderLine.Demand(draft.Lines).ToArray();
        var shortages = demand
            .Where(needed => stock(needed.VariantId)?.Covers(needed.Quantity) != true)
            .Select(needed => new Shortage(
                needed.VariantId, needed.Quantity, stock(needed.VariantId)?.Available ?? 0,
                [.. draft.Lines.Where(line => line.VariantId == needed.VariantId).Select(line => line.LineNo - 1)]))
            .ToArray();
        return shortages.Length == 0
            ? demand.Select(needed => (needed.VariantId, stock(needed.VariantId)!.Reserve(draft.OrderId, needed.Quantity, now)))
            : throw new DomainException(CheckoutErrors.OutOfStock(shortages));
    }

    private void CheckTime()
    {
        var wanted = command.ScheduledFor ?? now;
        if (wanted > now + LongestAhead)
        {
            throw new DomainException(CheckoutErrors.ScheduledTooLate);
        }

        if (wanted >= now && !storefront.OpeningHours.IsOpenAt(wanted, zone))
        {
            throw new DomainException(CheckoutErrors.Closed(storefront.OpeningHours.NextOpening(wanted, zone)));
        }
    }

    private void CheckCurrency(string member, Money? money) =>
        Check.That(money is null || money.Value.Currency == Currency, CheckoutErrors.OtherCurrency(member, Currency));

    private OrderLine[] Lines(IReadOnlyList<Product?> products)
    {
        var variants = products.Select((product, i) =>
            product is { Status: ProductStatus.Published } ? product.Find(command.Lines[i].VariantId) : null).ToArray();
        var missing = variants.Index().Where(variant => variant.Item is null).Select(variant => variant.Index).ToArray();
        if (missing.Length > 0)
        {
            throw new DomainException(CheckoutErrors.NotAvailable(missing));
        }

        return
        [
            .. command.Lines.Select((line, i) =>
            {
                var (product, variant) = (products[i]!, variants[i]!);
                var taxation = new Taxation(variant.Details.Taxable ? settings.TaxRatePercent : 0, settings.PricesIncludeTax);
                return OrderLine.Priced(
                    i + 1, product.Id, variant.Id, product.Details.Name, product.Variants.Length > 1 ? variant.Details.Name : null,
                    line.Quantity, variant.Price, taxation, line.Note);
            }),
        ];
    }

    private Money DeliveryFee()
    {
        if (command.DeliveryType != DeliveryType.Delivery)
        {
            return Money.Zero(Currency);
        }

        var terms = storefront.Delivery ?? throw new DomainException(CheckoutErrors.DeliveryNotOffered);
        return command.Address is { Latitude: { } latitude, Longitude: { } longitude } && !terms.Reaches(new(latitude, longitude))
            ? throw new DomainException(CheckoutErrors.OutsideDeliveryArea)
            : terms.Fee ?? settings.DeliveryFee;
    }

    private OrderTerms Terms(IReadOnlyList<Product?> products)
    {
        var preparation = products.Max(product => product!.Details.PreparationMinutes ?? DefaultPreparationMinutes);
        var opens = storefront.OpeningHours.NextOpening(now, zone);
        return new(settings.AcceptanceMinutes, settings.UnpaidExpiryMinutes, preparation, settings.AutoConfirm, opens > now ? opens : null);
    }
}
