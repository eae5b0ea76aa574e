using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Somebody sells at a till from now on (POS-06). Of many who open the same one, one does. Errors: not_found (404), already_exists,
/// session_already_open, register_retired (409), amount_out_of_range, currency_mismatch (422).
/// </summary>
/// <param name="OpeningFloat">The cash in its drawer.</param>
public sealed record OpenRegister(RegisterSessionId SessionId, RegisterId RegisterId, Money OpeningFloat) : IRequest<Committed>;

internal sealed class OpenRegisterHandler(ILane lane, ITenantContext tenant) : IRequestHandler<OpenRegister, Committed>
{
    public Task<Committed> Handle(OpenRegister command, CancellationToken cancellationToken) => lane.Run(
        streams => streams
            .Of<Register>(command.RegisterId.Value)
            .Of<RegisterSession>(command.SessionId.Value)
            .Of<BusinessProfile>(tenant.Tenant.Value)
            .In<RegisterSession>(RegisterSessionView.OpenOne, new { command.RegisterId }),
        (log, now) =>
        {
            var register = log.Get<Register>(command.RegisterId.Value);
            log.RefuseExisting<RegisterSession>(command.SessionId.Value);
            var currency = log.Get<BusinessProfile>(tenant.Tenant.Value).Settings.Currency;
            Check.That(command.OpeningFloat.Currency == currency, CheckoutErrors.OtherCurrency("opening_float", currency));
            log.Append<RegisterSession, RegisterSessionEvent>(
                command.SessionId.Value,
                RegisterSession.Open(command.SessionId, register, log.All<RegisterSession>().SingleOrDefault(), command.OpeningFloat, now));
            return new Committed(log.Version(command.SessionId.Value));
        },
        cancellationToken);
}
