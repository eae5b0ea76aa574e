using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// A till stands elsewhere, and sells what is there (STK-07). Errors: not_found (404), session_already_open, register_retired, location_retired (409), stale_version (412).
/// </summary>
/// <param name="LocationId">Null: the default location.</param>
public sealed record MoveRegister(RegisterId RegisterId, int? ExpectedVersion, LocationId? LocationId) : IRequest<Committed>;

internal sealed class MoveRegisterHandler(ILane lane) : IRequestHandler<MoveRegister, Committed>
{
    public Task<Committed> Handle(MoveRegister command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Register>(command.RegisterId.Value).OfLocation(command.LocationId).In<RegisterSession>(RegisterSessionView.OpenOne, new { command.RegisterId }),
        (log, now) =>
        {
            var register = log.Get<Register>(command.RegisterId.Value);
            log.Expect(command.RegisterId.Value, command.ExpectedVersion);
            log.RequireLocation(command.LocationId);
            log.Append<Register, RegisterEvent>(command.RegisterId.Value, register.Move(command.LocationId, log.All<RegisterSession>().SingleOrDefault(), now));
            return new Committed(log.Version(command.RegisterId.Value));
        },
        cancellationToken);
}
