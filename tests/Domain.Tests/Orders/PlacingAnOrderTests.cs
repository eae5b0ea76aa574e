using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

public class PlacingAnOrderTests
{
    [Theory]
    [InlineData(PaymentMethod.Cash, DeliveryType.Delivery, OrderStatus.Pending, PaymentStatus.CodDue)]
    [InlineData(PaymentMethod.Cash, DeliveryType.Pickup, OrderStatus.Pending, PaymentStatus.Pending)]
    [InlineData(PaymentMethod.Card, DeliveryType.Delivery, OrderStatus.AwaitingPayment, PaymentStatus.Pending)]
    [InlineData(PaymentMethod.Card, DeliveryType.Pickup, OrderStatus.AwaitingPayment, PaymentStatus.Pending)]
    public void A_card_order_awaits_its_payment_and_a_cash_order_the_business(
        PaymentMethod method, DeliveryType type, OrderStatus status, PaymentStatus payment)
    {
        var order = new Spec<Order, OrderEvent>().WhenNew(() => Order.Place(Draft(method, type), Noon)).Then(Placed(method, type));

        (order.Status, order.PaymentStatus).ShouldBe((status, payment));
    }

    [Fact]
    public void What_costs_nothing_is_not_asked_of_a_card()
    {
        OrderLine[] gift = [OrderLine.Priced(1, default, default, "Thing", null, 1, Eur(0))];
        var free = Draft(PaymentMethod.Card) with { Lines = gift, Totals = OrderTotals.Of(gift, taxIncluded: true, Eur(0), Eur(0), Eur(0)) };
        var placed = (OrderPlaced)Order.Place(free, Noon).Single();
        (placed.PaymentStatus, placed.PaymentDueBy).ShouldBe((PaymentStatus.Paid, null));
        var order = Order.Evolve(null, placed);
        order.Status.ShouldBe(OrderStatus.Pending, "nobody has to pay first");
        order.CashDue.ShouldBe(Eur(0));
    }

    [Fact]
    public void An_address_is_kept_only_where_it_is_needed() =>
        ((OrderPlaced)Order.Place(Draft(type: DeliveryType.Pickup), Noon).Single()).DropOff.ShouldBeNull();

    [Fact]
    public void Lines_of_one_variant_are_one_demand_on_stock()
    {
        var (pizza, olives) = (Draft().Lines[0], Draft().Lines[1]);

        OrderLine.Demand([pizza, olives, pizza with { LineNo = 3, Quantity = 1.5m }])
            .ShouldBe([(pizza.VariantId, 3.5m), (olives.VariantId, 0.25m)]);
    }

    [Fact]
    public void A_delivery_without_an_address_is_refused()
    {
        Refused(draft => draft with { DropOff = null }, "address_required");
        Refused(draft => draft with { DropOff = draft.DropOff! with { Line = " " } }, "address_required");
    }

    [Fact]
    public void An_order_has_a_line() => Refused(draft => draft with { Lines = [] }, "line_count");

    [Fact]
    public void An_order_has_at_most_a_hundred_lines()
    {
        Order.Place(WithLines(100), Noon).ShouldHaveSingleItem();
        Should.Throw<DomainException>(() => Order.Place(WithLines(101), Noon)).Error.Code.ShouldBe("line_count");
    }

    [Fact]
    public void Lines_are_numbered_from_one() => Refused(draft => draft with { Lines = [.. draft.Lines.Reverse()] }, "lines_not_numbered");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.0001")]
    [InlineData("1000000.001")]
    [InlineData("79228162514264337593543950335")]
    public void A_quantity_is_positive_at_most_a_million_and_has_three_decimals(string quantity) =>
        Refused(draft => draft with { Lines = [draft.Lines[0] with { Quantity = decimal.Parse(quantity) }] }, "invalid_quantity");

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_amount_is_neither_negative_nor_beyond_reason(long amount)
    {
        Refused(draft => draft with { Lines = [draft.Lines[0] with { UnitPrice = Eur(amount) }] }, "amount_out_of_range");
        Refused(draft => draft with { Totals = draft.Totals with { Tip = Eur(amount) } }, "amount_out_of_range");
        Refused(draft => draft with { Totals = draft.Totals with { DeliveryFee = Eur(amount) } }, "amount_out_of_range");
        Refused(draft => draft with { Lines = [draft.Lines[0] with { Tax = Eur(amount) }] }, "amount_out_of_range");
        Refused(draft => draft with { Lines = [draft.Lines[0] with { Discount = Eur(amount) }] }, "amount_out_of_range");
    }

    [Fact]
    public void A_subtotal_beyond_reason_does_not_overflow() => Should
        .Throw<DomainException>(() => OrderLine.Priced(1, default, default, "Gold", null, 1_000_000, Eur(Money.MaxAmount)))
        .Error.Code.ShouldBe("amount_out_of_range");

    [Fact]
    public void A_discount_is_at_most_what_it_is_taken_off()
    {
        Refused(draft => draft with { Lines = [draft.Lines[0] with { Discount = Eur(2_401) }, draft.Lines[1]] }, "discount_exceeds_price");
        Refused(draft => draft with { Totals = draft.Totals with { Discount = Eur(270 + 351) } }, "discount_exceeds_price"); // off the delivery
        Refused(draft => draft with { Totals = draft.Totals with { Discount = Eur(269) } }, "amount_out_of_range");
    }

    [Fact]
    public void A_line_that_does_not_add_up_is_refused() =>
        Refused(draft => draft with { Lines = [draft.Lines[0] with { Subtotal = Eur(2_399) }, draft.Lines[1]] }, "totals_mismatch");

    [Fact]
    public void Currencies_do_not_mix()
    {
        Refused(draft => draft with { Totals = draft.Totals with { Tip = new Money(200, "USD") } }, "currency_mismatch");
        Refused(draft => draft with { Lines = [draft.Lines[0] with { UnitPrice = new(1_200, "USD"), Subtotal = new(2_400, "USD") }] }, "currency_mismatch");
        Refused(draft => draft with { Totals = draft.Totals with { Total = new Money(3_250, "USD") } }, "totals_mismatch");
    }

    [Fact]
    public void An_order_is_not_scheduled_in_the_past() =>
        Refused(draft => draft with { ScheduledFor = Noon.AddTicks(-1) }, "in_the_past");

    [Theory]
    [InlineData(19, false, 1_000, 190)]
    [InlineData(19, true, 1_190, 190)]
    [InlineData(7, true, 1_000, 65)]
    [InlineData(8.875, false, 1_000, 89)]
    [InlineData(0, true, 1_000, 0)]
    public void Tax_is_rounded_per_line_and_part_of_the_price_or_on_top(double rate, bool included, long price, long tax) =>
        OrderLine.Priced(1, default, default, "Thing", null, 1, Eur(price), new((decimal)rate, included)).Tax.ShouldBe(Eur(tax));

    [Fact]
    public void Included_tax_is_named_and_not_added()
    {
        OrderLine[] lines = [OrderLine.Priced(1, default, default, "Thing", null, 2, Eur(1_190), new(19, Included: true))];
        var totals = OrderTotals.Of(lines, taxIncluded: true, Eur(0), Eur(350), Eur(0));
        (totals.Tax, totals.Total).ShouldBe((Eur(380), Eur(2_730)));
    }

    [Fact]
    public void An_open_business_answers_within_its_time() =>
        ((OrderPlaced)Order.Place(Draft(), Noon).Single()).AcceptBy.ShouldBe(Noon.AddMinutes(10));

    [Fact]
    public void A_closed_business_answers_after_it_has_opened()
    {
        var terms = Terms with { OpensAt = Noon.AddHours(8) };
        ((OrderPlaced)Order.Place(Draft() with { Terms = terms }, Noon).Single()).AcceptBy.ShouldBe(Noon.AddHours(8).AddMinutes(10));
    }

    [Fact]
    public void A_business_that_confirms_by_itself_has_confirmed_already() => new Spec<Order, OrderEvent>()
        .WhenNew(() => Order.Place(Draft() with { Terms = Terms with { AutoConfirm = true }, ScheduledFor = null }, Noon))
        .Then(
            Placed() with { Terms = Terms with { AutoConfirm = true }, ScheduledFor = null, AcceptBy = null },
            new OrderConfirmed(Id, "1001", Noon.AddMinutes(20), null, Noon));

    [Fact]
    public void Whatever_is_placed_adds_up() => Prop.ForAll(AnyDraft.ToArbitrary(), draft =>
    {
        var placed = (OrderPlaced)Order.Place(draft, Noon).Single();
        placed.Subtotal.Amount.ShouldBe(placed.Lines.Sum(line => line.Subtotal.Amount));
        placed.Tax.Amount.ShouldBe(placed.Lines.Sum(line => line.Tax.Amount));
        placed.Discount.Amount.ShouldBe(placed.Lines.Sum(line => line.Off.Amount));
        placed.Total.ShouldBe(placed.Subtotal - placed.Discount + (placed.TaxIncluded ? Eur(0) : placed.Tax) + placed.DeliveryFee + placed.Tip);
        placed.Total.Amount.ShouldBeGreaterThanOrEqualTo(0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_does_not_add_up_is_refused() => Prop.ForAll(AnyDraft.ToArbitrary(), Gen.Choose(1, 1_000).ToArbitrary(), (draft, off) =>
    {
        var wrong = draft with { Totals = draft.Totals with { Total = draft.Totals.Total + Eur(off) } };
        Should.Throw<DomainException>(() => Order.Place(wrong, Noon)).Error.Code.ShouldBe("totals_mismatch");
    }).QuickCheckThrowOnFailure();

    private static Gen<OrderDraft> AnyDraft =>
        from count in Gen.Choose(1, OrderDraft.MaxLines)
        from quantities in Gen.Choose(1, 1_000_000).ArrayOf(count)
        from prices in Gen.Choose(0, 100_000_000).ArrayOf(count)
        from discount in Gen.Choose(0, 100)
        from extras in Gen.Choose(0, int.MaxValue).ArrayOf(2)
        from rate in Gen.Choose(0, 100_000)
        from included in Gen.Elements(true, false)
        let tax = new Taxation(rate / 1_000m, included)
        let lines = quantities.Zip(prices, (quantity, price) => (quantity, price)).Select((line, i) =>
            OrderLine.Priced(i + 1, default, default, "Thing", null, line.quantity / 1_000m, Eur(line.price), tax)).ToArray()
        let off = Eur(lines.Sum(line => line.Subtotal.Amount) * discount / 100).Spread([.. lines.Select(line => line.Subtotal.Amount)])
        let discounted = lines.Select((line, i) => line.Less(off[i], included)).ToArray()
        select Draft() with { Lines = discounted, Totals = OrderTotals.Of(discounted, included, Eur(0), Eur(extras[0]), Eur(extras[1])) };

    private static OrderDraft WithLines(int count)
    {
        var zero = Eur(0);
        OrderLine[] lines = [.. Enumerable.Range(1, count).Select(no => OrderLine.Priced(no, default, default, "Thing", null, 1, Eur(100)))];
        return Draft() with { Lines = lines, Totals = new(Eur(100 * count), zero, zero, false, zero, zero, Eur(100 * count)) };
    }

    private static void Refused(Func<OrderDraft, OrderDraft> change, string code) =>
        new Spec<Order, OrderEvent>().WhenNew(() => Order.Place(change(Draft()), Noon)).ThenRejected(code);
}
