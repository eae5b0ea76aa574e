using FluentValidation;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// The business changes the goods of an order that is not ready yet (ORD-12). What it has keeps its price; what is added costs what it does today. The coupon takes
/// off what it does by its terms of now, points pay for as much as there are goods. Stock, points, what a driver is to collect and what was paid too much follow
/// in the same commit. Errors: not_found (404); illegal_transition, order_not_paid, goods_refunded, payment_disputed (409); stale_version (412); and
/// line_unknown, invalid_quantity, order_would_be_empty, nothing_to_capture, line_count, not_available, choices_invalid, out_of_stock, tax_inclusion_changed, amendment_exceeds_payment,
/// consent_required, currency_mismatch, amount_out_of_range (422).
/// </summary>
/// <param name="Lines">With another quantity; 0 takes a line off.</param>
/// <param name="CustomerAgreed">To pay more; needed where the total rises.</param>
public sealed record AmendOrder(
    OrderId OrderId, IReadOnlyList<LineQuantity> Lines, IReadOnlyList<BasketLine> Add, string? Reason, bool CustomerAgreed, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class AmendOrderValidator : AbstractValidator<AmendOrder>
{
    public AmendOrderValidator()
    {
        RuleFor(c => c.Lines).Must((command, lines) => lines.Count + command.Add.Count > 0).WithErrorCode("not_empty").WithMessage("An amendment changes lines, or adds some.");
        RuleFor(c => c.Lines).Must(lines => lines.Count <= OrderDraft.MaxLines && lines.Select(line => line.LineNo).Distinct().Count() == lines.Count)
            .WithErrorCode("lines_invalid").WithMessage($"An amendment names at most {OrderDraft.MaxLines} lines, each once.");
        RuleForEach(c => c.Lines).ChildRules(line => line.RuleFor(l => l.Quantity).Must(quantity => quantity == 0 || Quantities.IsPositive(quantity))
            .WithErrorCode("invalid_quantity").WithMessage($"A quantity is 0 or above, at most {Quantities.Max} and has at most 3 decimals."));
        RuleFor(c => c.Add).Must(lines => lines.Count <= OrderDraft.MaxLines).WithErrorCode("line_count").WithMessage($"An order has at most {OrderDraft.MaxLines} lines.");
        RuleForEach(c => c.Add).ChildRules(BasketRules.Check);
        RuleFor(c => c.Reason).MaximumLength(500);
    }
}

internal sealed class AmendOrderHandler(ILane lane, IAggregates aggregates, IReadStore reads, ITenantContext tenant) : IRequestHandler<AmendOrder, Committed>
{
    public async Task<Committed> Handle(AmendOrder command, CancellationToken cancellationToken)
    {
        var order = (await aggregates.Find<Order, OrderEvent>(command.OrderId.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("order"))).State;
        var goods = await reads.GoodsOf(command.Add, cancellationToken, "add");
        return await lane.Run(
            streams =>
            {
                goods.NameIn(streams).OfOrder(order)
                    .OfDeliveries(tenant.Tenant, order.Id)
                    .Of<Payment>(Payment.IdFor(order.Id).Value)
                    .Of<BusinessProfile>(tenant.Tenant.Value)
                    .Of<TaxTable>(TaxTable.Stream)
                    .Of<StockItem>(command.Add.Select(line => line.VariantId.Value));
                if (order.Coupon is not null)
                {
                    streams.InLines<Product>([order.Id.Value], "product_id").In<Category>("select id from rm.categories", new { });
                }
            },
            (log, now) =>
            {
                log.Expect(command.OrderId.Value, command.ExpectedVersion);
                var before = log.Get<Order>(command.OrderId.Value);
                before.RequireAmendable();
                var events = before.Amend(new(command.Lines, Added(command, before, goods, log), Coupon(before, log), command.Reason, command.CustomerAgreed), now);
                CheckStock(command, before, events.Aggregate(before, Order.Evolve), log);
                log.AppendOrder(command.OrderId, now, events);
                Follow(before, log.Get<Order>(command.OrderId.Value), log, now);
                return new Committed(log.Version(command.OrderId.Value));
            },
            cancellationToken);
    }

    private OrderLine[] Added(AmendOrder command, Order order, BasketGoods goods, ILaneLog log)
    {
        var settings = log.Get<BusinessProfile>(tenant.Tenant.Value).Settings;
        Check.That(command.Add.Count == 0 || settings.PricesIncludeTax == order.TaxIncluded, CheckoutErrors.OtherPrices);
        return GoodsPrices.Of(command.Add, goods.In(log), log.OptionGroups(), log.Find<TaxTable>(TaxTable.Stream), settings, "add");
    }

    /// <summary>By the terms of now: those of then are not kept, and no customer pays more by them without having agreed.</summary>
    private static Func<OrderLine[], CouponSaving>? Coupon(Order order, ILaneLog log)
    {
        if (order.Coupon is not { CouponId.Value: var id })
        {
            return null;
        }

        var coupon = new CheckoutCoupon(log.Get<Coupon>(id), UsedByCustomer: 0, new(log.All<Category>()));
        return lines => coupon.WorthOn(lines, [.. lines.Select(line => log.Find<Product>(line.ProductId.Value))], order.DeliveryFee);
    }

    private static void CheckStock(AmendOrder command, Order before, Order after, ILaneLog log)
    {
        var lacking = OrderGoods.Change(before, after).Where(demand => demand.After > demand.Before)
            .Select(demand => (demand.VariantId, Item: log.Find<StockItem>(demand.VariantId.Value), demand.After))
            .Select(demand => (demand.VariantId, demand.Item, More: demand.Item?.Lacking(before.Id, demand.After) ?? demand.After))
            .Where(demand => demand.More > 0 && demand.Item?.Covers(demand.More) != true)
            .Select(demand => new AmendmentShortage(demand.VariantId, demand.More, demand.Item?.Available ?? 0))
            .ToArray();
        Check.That(lacking.Length == 0, CheckoutErrors.OutOfStock(lacking, lacking.SelectMany(shortage => Places(shortage.VariantId).Select(place => (place, shortage.Requested, shortage.Available)))));

        IEnumerable<string> Places(VariantId variant) =>
        [
            .. command.Lines.Index().Where(line => Array.Find(before.Lines, has => has.LineNo == line.Item.LineNo)?.VariantId == variant).Select(line => $"/lines/{line.Index}/quantity"),
            .. command.Add.Index().Where(line => line.Item.VariantId == variant).Select(line => $"/add/{line.Index}/quantity"),
        ];
    }

    private void Follow(Order before, Order after, ILaneLog log, DateTimeOffset now)
    {
        if (before.Points is { } had && after.Points != had)
        {
            var account = LoyaltyAccount.StreamOf(had.AccountId);
            log.Append<LoyaltyAccount, LoyaltyEvent>(
                account, log.Get<LoyaltyAccount>(account).RedeemLess(after.Id, after.Points?.Points ?? 0, after.Points?.Saved ?? Money.Zero(after.Total.Currency), now));
        }

        if (log.LastDelivery(tenant.Tenant, after.Id) is { } delivery)
        {
            log.Append<Delivery, DeliveryEvent>(delivery.Id.Value, delivery.ChangeCashDue(DeliveryRequest.CashOf(after), now));
        }

        if (after.Total != before.Total && log.Find<Payment>(Payment.IdFor(after.Id).Value) is { IsCaptured: true } payment)
        {
            Check.That(!payment.IsDisputed, PaymentErrors.Disputed);
            log.AppendPayment(payment.Id, now, payment.RefundExcess(before.Total - after.Total, now));
        }
    }
}

/// <summary>What lacks of one variant. <paramref name="Requested"/> is what the order would have to be promised besides what it is.</summary>
public sealed record AmendmentShortage(VariantId VariantId, decimal Requested, decimal Available);
