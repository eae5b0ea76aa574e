using FluentValidation;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Storefronts;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// A guest or a customer who is signed in buys at a storefront (ORD-02, ORD-05): number, prices, stock and order are one commit. With
/// <paramref name="ExpectedTotal"/> the order is placed at that total or not at all. Errors: already_exists (409);
/// not_available, choices_invalid, out_of_stock, price_changed, storefront_closed, delivery_not_offered, outside_delivery_area, position_required,
/// below_minimum_order, payment_method_not_available, those of the coupon, of the points, of the saved payment method (<see cref="SavedMethods"/>) and of <see cref="Order.Place"/> (422).
/// </summary>
public sealed record PlaceOrder(
    OrderId OrderId,
    IReadOnlyList<BasketLine> Lines,
    DeliveryType DeliveryType,
    Contact Contact,
    Address? Address,
    PaymentMethod PaymentMethod,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    string? CouponCode = null,
    long? RedeemPoints = null,
    PaymentMethodId? PaymentMethodId = null) : IRequest<OrderReceipt>, IBasket;

/// <summary>The order as it was placed.</summary>
public sealed record OrderReceipt(
    OrderId OrderId,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    OrderTotals Totals,
    DateTimeOffset PlacedAt,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    int Version,
    AppliedCoupon? Coupon = null,
    AppliedPoints? Points = null) : Committed(Version);

internal sealed class PlaceOrderValidator : BasketValidator<PlaceOrder>
{
    public PlaceOrderValidator()
    {
        RuleFor(c => c.OrderId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(c => c.Contact.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Contact.Email).Must(EmailAddress.IsWellFormed).WithErrorCode("email_invalid").WithMessage("This is not an e-mail address.");
        RuleFor(c => c.Contact.Phone).Must(Guest.IsPhone).WithErrorCode("phone_invalid").WithMessage("A phone number has 5 to 20 digits.");
        RuleFor(c => c.Address).NotNull().When(c => c.DeliveryType == DeliveryType.Delivery);
    }
}

internal sealed class PlaceOrderHandler(
    ILane lane, IReadStore reads, ITenantContext tenant, ITrackingTokens tokens, IPaymentProviders payments, IFeatures features, SavedMethods methods, TimeProvider clock)
    : IRequestHandler<PlaceOrder, OrderReceipt>
{
    public async Task<OrderReceipt> Handle(PlaceOrder command, CancellationToken cancellationToken)
    {
        if (command.PaymentMethod == PaymentMethod.Card && !await payments.TakePayments(cancellationToken))
        {
            throw new DomainException(CheckoutErrors.MethodNotAvailable);
        }

        var goods = await reads.GoodsOf(command.Lines, cancellationToken);
        var business = tenant.Tenant;
        var coupon = await NamedCoupon.Find(reads, command.CouponCode, new(tenant.Customer(), Guest.IdOf(business, command.Contact.Email)), cancellationToken);
        var points = await NamedPoints.Find(features, tenant, command.RedeemPoints, cancellationToken);
        var method = await methods.Find(command.PaymentMethodId, clock.GetUtcNow(), cancellationToken);
        return await lane.Run(
            streams => goods.NameIn(coupon?.NameIn(streams) ?? streams)
                .Of<Wallet>(method is null ? [] : [Wallet.StreamOf(method.Account)])
                .Of<ChosenMethod>(method is null ? [] : [ChosenMethod.StreamOf(command.OrderId)])
                .Of<LoyaltyProgramme>(points is null ? [] : [LoyaltyProgramme.Stream])
                .Of<LoyaltyAccount>(points is null ? [] : [LoyaltyAccount.StreamOf(points.Account)])
                .Of<Order>(command.OrderId.Value)
                .Of<NumberSeries>(NumberSeries.Orders)
                .Of<BusinessProfile>(business.Value)
                .Of<TaxTable>(TaxTable.Stream)
                .Of<Storefront>(Storefront.StreamOf(business))
                .Of<CustomerAccount>(tenant.Customer() is { } account ? [account.Value] : [])
                .Of<ClaimedOrder>(tenant.Customer() is null ? [] : [ClaimedOrder.StreamOf(command.OrderId)])
                .Of<StockItem>(command.Lines.Select(line => line.VariantId.Value)),
            (log, now) => Place(command, goods, coupon, points, method, log, now),
            cancellationToken);
    }

    private OrderReceipt Place(PlaceOrder command, BasketGoods goods, NamedCoupon? coupon, NamedPoints? points, NamedMethod? method, ILaneLog log, DateTimeOffset now)
    {
        if (log.Find<Order>(command.OrderId.Value) is not null)
        {
            throw new DomainException(CheckoutErrors.AlreadyPlaced);
        }

        if (log.Get<Storefront>(Storefront.StreamOf(tenant.Tenant)) is not { Published: true } storefront)
        {
            throw new DomainException(DomainError.NotFound("storefront"));
        }

        var account = tenant.Customer() is { } id ? log.Get<CustomerAccount>(id.Value).Open() : null;
        var facts = new CheckoutFacts(
            log.Get<BusinessProfile>(tenant.Tenant.Value).Settings, storefront.Settings, goods.In(log),
            variant => log.Find<StockItem>(variant.Value), coupon?.In(log), log.Find<TaxTable>(TaxTable.Stream), log.OptionGroups(), points?.In(log));
        var checkout = new Checkout(command, facts, now);
        var (number, taken) = NumberSeries.NextOrder(log.Find<NumberSeries>(NumberSeries.Orders), now);
        var draft = checkout.Draft(
            command, number, account?.CustomerId ?? Guest.IdOf(tenant.Tenant, command.Contact.Email),
            TrackingToken.Hash(tokens.Issue(tenant.Tenant, command.OrderId)));

        log.Append<NumberSeries, NumberSeriesEvent>(NumberSeries.Orders, taken);
        foreach (var (variant, reserved) in checkout.Reserve(draft))
        {
            log.Append<StockItem, StockEvent>(variant.Value, reserved);
        }

        log.Append<Order, OrderEvent>(command.OrderId.Value, Order.Place(draft, now));
        method?.Choose(log, draft.OrderId, draft.PaymentMethod, now);
        if (draft.Coupon is { } applied)
        {
            log.Append<Coupon, CouponEvent>(applied.CouponId.Value, facts.Coupon!.Coupon.Redeem(draft.OrderId, draft.CustomerId, applied.Saved, now));
        }

        if (draft.Points is { } redeemed)
        {
            log.Append<LoyaltyAccount, LoyaltyEvent>(
                LoyaltyAccount.StreamOf(redeemed.AccountId), facts.Points!.Account!.Redeem(draft.OrderId, redeemed.Points, redeemed.Saved, now));
        }

        if (account is not null)
        {
            var claim = ClaimedOrder.StreamOf(command.OrderId);
            log.Append<ClaimedOrder, ClaimedOrderEvent>(claim, ClaimedOrder.Claim(log.Find<ClaimedOrder>(claim), command.OrderId, draft.CustomerId, account, now));
        }

        var order = log.Get<Order>(command.OrderId.Value);
        return new(
            order.Id, order.Number, order.Status, order.PaymentStatus, draft.Totals, now, order.ScheduledFor, order.PaymentDueBy,
            log.Version(command.OrderId.Value), draft.Coupon, draft.Points);
    }
}
