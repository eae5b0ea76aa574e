using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>Cash that no customer pays goes into the drawer. Errors: not_found (404), session_closed (409), stale_version (412), reason_required (400), amount_out_of_range, currency_mismatch (422).</summary>
public sealed record PayCashIn(RegisterSessionId SessionId, int? ExpectedVersion, Money Amount, string Reason) : IRequest<Committed>;

/// <summary>Cash leaves the drawer, and not to a customer. Errors: those of <see cref="PayCashIn"/>, not_enough_cash (422).</summary>
public sealed record PayCashOut(RegisterSessionId SessionId, int? ExpectedVersion, Money Amount, string Reason) : IRequest<Committed>;

internal sealed class PayCashInHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<PayCashIn, Committed>
{
    public Task<Committed> Handle(PayCashIn command, CancellationToken cancellationToken) => aggregates.Update<RegisterSession, RegisterSessionEvent>(
        command.SessionId.Value, command.ExpectedVersion, session => session.PayIn(command.Amount, command.Reason, clock.GetUtcNow()), cancellationToken);
}

internal sealed class PayCashOutHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<PayCashOut, Committed>
{
    public Task<Committed> Handle(PayCashOut command, CancellationToken cancellationToken) => aggregates.Update<RegisterSession, RegisterSessionEvent>(
        command.SessionId.Value, command.ExpectedVersion, session => session.PayOut(command.Amount, command.Reason, clock.GetUtcNow()), cancellationToken);
}
