using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// What was left to be paid later is paid, in whichever session is open (POS-07). Errors: not_found (404), session_closed, nothing_due (409),
/// stale_version (412), overpaid, reference_required, amount_out_of_range, currency_mismatch (422).
/// </summary>
public sealed record PaySale(SaleId SaleId, RegisterSessionId SessionId, IReadOnlyList<Tender> Payments, int? ExpectedVersion) : IRequest<SaleReceipt>;

internal sealed class PaySaleValidator : AbstractValidator<PaySale>
{
    public PaySaleValidator()
    {
        RuleFor(c => c.Payments).Must(payments => payments.Count is > 0 and <= Tenders.Max).WithErrorCode("payment_count").WithMessage($"1 to {Tenders.Max} payments.");
        RuleForEach(c => c.Payments).ChildRules(payment => payment.RuleFor(p => p.Reference).MaximumLength(PosErrors.MaxReason));
    }
}

internal sealed class PaySaleHandler(ILane lane, IReadStore reads, IAggregates aggregates, ITenantContext tenant) : IRequestHandler<PaySale, SaleReceipt>
{
    public Task<SaleReceipt> Handle(PaySale command, CancellationToken cancellationToken) => lane.Step(
        reads, aggregates, tenant, command.SaleId, command.SessionId, command.ExpectedVersion,
        (_, sale, session, now) => sale.Pay(command.Payments, session, now), cancellationToken);
}
