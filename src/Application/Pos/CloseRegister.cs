using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Counts the drawer and closes the session (POS-06). Whoever names the version closes what they have seen. Errors: not_found (404),
/// session_closed (409), stale_version (412), amount_out_of_range, currency_mismatch (422).
/// </summary>
public sealed record CloseRegister(RegisterSessionId SessionId, int? ExpectedVersion, Money Counted, string? Note) : IRequest<Committed>;

internal sealed class CloseRegisterValidator : AbstractValidator<CloseRegister>
{
    public CloseRegisterValidator() => RuleFor(c => c.Note).MaximumLength(PosErrors.MaxReason);
}

internal sealed class CloseRegisterHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CloseRegister, Committed>
{
    public Task<Committed> Handle(CloseRegister command, CancellationToken cancellationToken) => aggregates.Update<RegisterSession, RegisterSessionEvent>(
        command.SessionId.Value, command.ExpectedVersion, session => session.Close(command.Counted, command.Note, clock.GetUtcNow()), cancellationToken);
}
