using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Takes goods back against a receipt (POS-07), by line and quantity and never more than were sold. Errors: not_found (404), session_closed,
/// illegal_transition (409), stale_version (412), line_unknown, returns_too_much, invalid_quantity, refund_mismatch, refund_above_payment,
/// amount_out_of_range, currency_mismatch (422).
/// </summary>
/// <param name="Refunds">Null: the way it was paid.</param>
public sealed record ReturnGoods(
    SaleId SaleId, RegisterSessionId SessionId, IReadOnlyList<ReturnRequest> Lines, IReadOnlyList<Tender>? Refunds, string? Reason, int? ExpectedVersion)
    : IRequest<SaleReceipt>;

internal sealed class ReturnGoodsValidator : AbstractValidator<ReturnGoods>
{
    public ReturnGoodsValidator()
    {
        RuleFor(c => c.Lines).Must(lines => lines.Count is > 0 and <= SaleLine.MaxLines && lines.Select(line => line.LineNo).Distinct().Count() == lines.Count)
            .WithErrorCode("lines_invalid").WithMessage("A return names 1 to 100 lines, each once.");
        RuleFor(c => c.Refunds).Must(refunds => refunds is not { Count: > Tenders.Max }).WithErrorCode("payment_count").WithMessage($"At most {Tenders.Max} refunds.");
        RuleForEach(c => c.Refunds).ChildRules(refund => refund.RuleFor(r => r.Reference).MaximumLength(PosErrors.MaxReason));
        RuleFor(c => c.Reason).MaximumLength(PosErrors.MaxReason);
    }
}

internal sealed class ReturnGoodsHandler(ILane lane, IReadStore reads, IAggregates aggregates, ITenantContext tenant) : IRequestHandler<ReturnGoods, SaleReceipt>
{
    public Task<SaleReceipt> Handle(ReturnGoods command, CancellationToken cancellationToken) => lane.Step(
        reads, aggregates, tenant, command.SaleId, command.SessionId, command.ExpectedVersion,
        (log, sale, session, now) =>
        {
            var (number, take) = log.NextReceipt(log.Get<Register>(session.RegisterId.Value), now);
            var returned = sale.Return(number, command.Lines, command.Refunds, command.Reason, session, now);
            take();
            return returned;
        },
        cancellationToken);
}
