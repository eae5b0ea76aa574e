using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Orders;

/// <summary>Why a storefront does not take an order, with the place in the request.</summary>
public static class CheckoutErrors
{
    public static readonly DomainError AlreadyPlaced = new("already_exists", "There is an order with this id already.", ErrorKind.Conflict);

    public static readonly DomainError DeliveryNotOffered = At("/delivery_type", "delivery_not_offered", "This storefront does not deliver.");

    public static readonly DomainError OutsideDeliveryArea = At("/address", "outside_delivery_area", "This storefront does not deliver to that place.");

    /// <summary>What it costs depends on the place.</summary>
    public static readonly DomainError PositionRequired = At("/address/latitude", "position_required", "This storefront delivers by zones: say where the address is.");

    public static readonly DomainError MethodNotAvailable =
        At("/payment_method", PaymentErrors.MethodNotAvailable.Code, PaymentErrors.MethodNotAvailable.Message);

    public static readonly DomainError ScheduledTooLate =
        At("/scheduled_for", "scheduled_too_late", $"An order is for the next {Checkout.LongestAhead.Days} days.");

    /// <param name="nextOpening">Null when the storefront never opens.</param>
    public static DomainError Closed(DateTimeOffset? nextOpening) =>
        At("/scheduled_for", "storefront_closed", "The storefront is closed at that time.", ("next_opening", nextOpening));

    public static DomainError BelowMinimum(Money minimum, Money subtotal) =>
        At("/lines", "below_minimum_order", "The goods cost less than an order must.", ("minimum", minimum), ("subtotal", subtotal));

    /// <summary>The caller saw another total; <c>totals</c> are the present ones.</summary>
    public static DomainError PriceChanged(OrderTotals totals) =>
        At("/expected_total", "price_changed", "The total is not the expected one any more.", ("totals", totals));

    /// <param name="member">Of the request: an amount of money.</param>
    public static DomainError OtherCurrency(string member, string currency) =>
        At($"/{member}/currency", "currency_mismatch", $"The prices of this business are in {currency}.");

    /// <param name="lines">Indexes of the lines that name what cannot be bought.</param>
    /// <param name="member">Of the request: where the lines are.</param>
    public static DomainError NotAvailable(IEnumerable<int> lines, string member = "lines") =>
        new("not_available", "Some of the products cannot be bought.",
            Details: DomainError.DetailsOf(("errors", lines.Select(line => Fault($"/{member}/{line}/variant_id", "not_available", "It is not offered.")).ToArray())));

    /// <param name="chosen">Of each line.</param>
    /// <param name="member">Of the request: where the lines are.</param>
    public static DomainError ChoicesInvalid(IEnumerable<Selection> chosen, string member = "lines") => CatalogErrors.ChoicesInvalid(
        chosen.SelectMany((selection, line) => selection.Faults.Select(fault => fault with { Place = $"/{member}/{line}{fault.Place}" })));

    public static DomainError OutOfStock(IReadOnlyList<Shortage> shortages) =>
        OutOfStock(shortages, shortages.SelectMany(shortage => shortage.Lines.Select(line => ($"/lines/{line}/quantity", shortage.Requested, shortage.Available))));

    /// <param name="lacking">What lacks of which variant: <see cref="Shortage"/>, or what an amendment knows of it.</param>
    /// <param name="places">Who asked for it, and what of it there is.</param>
    public static DomainError OutOfStock(object lacking, IEnumerable<(string Pointer, decimal Requested, decimal Available)> places) =>
        new("out_of_stock", "There is not enough of some of the products.", Details: DomainError.DetailsOf(
            ("shortages", lacking),
            ("errors", places.Select(place => Fault(place.Pointer, "out_of_stock", $"{place.Requested} requested, {place.Available} available.")).ToArray())));

    /// <summary>Prices of the catalogue and those of the order are not of one sort any more.</summary>
    public static readonly DomainError OtherPrices = At(
        "/add", "tax_inclusion_changed", "Prices have come to include their taxes, or not to, since the order was placed: nothing can be added to it.");

    private static DomainError At(string pointer, string code, string message, params (string Name, object? Value)[] details) =>
        new(code, message, Details: DomainError.DetailsOf([("errors", new[] { Fault(pointer, code, message) }), .. details]));

    private static Dictionary<string, object?> Fault(string pointer, string code, string message) =>
        DomainError.DetailsOf(("code", code), ("message", message), ("pointer", pointer));
}

/// <summary>What lacks of one variant. <paramref name="Lines"/> are the indexes of the lines that share it.</summary>
public sealed record Shortage(VariantId VariantId, decimal Requested, decimal Available, int[] Lines);
