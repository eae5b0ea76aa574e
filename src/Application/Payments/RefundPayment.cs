using FluentValidation;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Staff give back a part of what a customer paid, or all that is left (ORD-12): so much, or what certain goods were worth. The provider is told by a
/// message. Errors: not_found (404); payment_not_captured, payment_disputed, nothing_to_refund, goods_not_handed_over (409); stale_version (412);
/// refund_amount_invalid (400); refund_by_hand_only, refund_exceeds_payment, line_unknown, refunds_too_much,
/// invalid_quantity (422).
/// </summary>
/// <param name="ByHand">It was given back already, by bank or in cash: the provider is not told.</param>
/// <param name="Amount">Null: what the goods were worth, or without goods all that is left.</param>
public sealed record RefundPayment(PaymentId PaymentId, Money? Amount, IReadOnlyList<RefundLine> Lines, string? Reason, bool ByHand, int? ExpectedVersion)
    : IRequest<RefundReceipt>;

/// <param name="Restock">The goods came back, and are on the shelf again.</param>
public sealed record RefundLine(int LineNo, decimal Quantity, bool Restock);

public sealed record RefundReceipt(RefundId RefundId, RefundState Status, Money Amount, Money Left, int Version) : Committed(Version);

internal sealed class RefundPaymentValidator : AbstractValidator<RefundPayment>
{
    private const int MaxReason = 500;

    public RefundPaymentValidator()
    {
        RuleFor(c => c.Lines).Must(lines => lines.Count <= OrderDraft.MaxLines && lines.Select(line => line.LineNo).Distinct().Count() == lines.Count)
            .WithErrorCode("lines_invalid").WithMessage($"A refund names at most {OrderDraft.MaxLines} lines, each once.");
        RuleFor(c => c.Reason).MaximumLength(MaxReason);
        RuleFor(c => c.Amount!.Value.Amount).InclusiveBetween(1, Money.MaxAmount).When(c => c.Amount is not null).OverridePropertyName("amount.amount");
    }
}

internal sealed class RefundPaymentHandler(IAggregates aggregates, ILane lane, ITenantContext context) : IRequestHandler<RefundPayment, RefundReceipt>
{
    private const string HandReference = "by_hand";

    public async Task<RefundReceipt> Handle(RefundPayment command, CancellationToken cancellationToken)
    {
        var id = command.PaymentId.Value;
        var payment = await aggregates.Find<Payment, PaymentEvent>(id, cancellationToken) ?? throw new DomainException(PaymentErrors.NotFound);
        var order = await aggregates.Find<Order, OrderEvent>(payment.State.OrderId.Value, cancellationToken) ?? throw new DomainException(PaymentErrors.NotFound);
        return await lane.Run(streams => streams.OfOrder(order.State).Of<Payment>(id), (log, now) => Decide(command, order.State.Id, log, now), cancellationToken);
    }

    private RefundReceipt Decide(RefundPayment command, OrderId orderId, ILaneLog log, DateTimeOffset now)
    {
        var (id, refund) = (command.PaymentId, new RefundId(Uuid.Named("refund", context.CommandId.ToString())));
        log.Expect(id.Value, command.ExpectedVersion);
        Check.That(command.ByHand || !PaymentGateway.RefundsByHandOnly(log.Get<Payment>(id.Value).Provider), PaymentErrors.RefundByHand);
        var order = log.Get<Order>(orderId.Value);
        var goods = command.Lines.Select(line => order.Line(line.LineNo, line.Quantity, line.Restock)).ToArray();
        var worth = goods.Length > 0 ? order.WorthOf(goods) : (Money?)null;
        log.AppendPayment(id, now, log.Get<Payment>(id.Value).RequestRefund(refund, command.Amount ?? worth, command.Reason, automatic: false, now));

        var payment = log.Get<Payment>(id.Value);
        var amount = payment.Find(refund)!.Amount;
        log.AppendOrder(orderId, now, order.RequestRefund(refund, amount, goods, command.Reason, now));
        if (command.ByHand)
        {
            log.AppendPayment(id, now, payment.CompleteRefund(refund, HandReference, now));
            payment = log.Get<Payment>(id.Value);
        }

        return new(refund, payment.Find(refund)!.State, amount, payment.Left, log.Version(id.Value));
    }
}
