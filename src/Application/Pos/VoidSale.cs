using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Undoes a sale in the session in which it was rung up: the goods are on the shelf again, the money goes back the way it came. Errors: not_found (404),
/// session_closed, other_session, goods_returned (409), stale_version (412).
/// </summary>
public sealed record VoidSale(SaleId SaleId, RegisterSessionId SessionId, string Reason, int? ExpectedVersion) : IRequest<SaleReceipt>;

internal sealed class VoidSaleValidator : AbstractValidator<VoidSale>
{
    public VoidSaleValidator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(PosErrors.MaxReason);
}

internal sealed class VoidSaleHandler(ILane lane, IReadStore reads, IAggregates aggregates, ITenantContext tenant) : IRequestHandler<VoidSale, SaleReceipt>
{
    public Task<SaleReceipt> Handle(VoidSale command, CancellationToken cancellationToken) => lane.Step(
        reads, aggregates, tenant, command.SaleId, command.SessionId, command.ExpectedVersion,
        (_, sale, session, now) => sale.Void(command.Reason, session, now), cancellationToken);
}
