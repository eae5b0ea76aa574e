using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>Nothing is sold at it any more; what was stays. Errors: not_found (404), session_already_open (409), stale_version (412).</summary>
public sealed record RetireRegister(RegisterId RegisterId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class RetireRegisterHandler(ILane lane) : IRequestHandler<RetireRegister, Committed>
{
    public Task<Committed> Handle(RetireRegister command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Register>(command.RegisterId.Value).In<RegisterSession>(RegisterSessionView.OpenOne, new { command.RegisterId }),
        (log, now) =>
        {
            var register = log.Get<Register>(command.RegisterId.Value);
            log.Expect(command.RegisterId.Value, command.ExpectedVersion);
            log.Append<Register, RegisterEvent>(command.RegisterId.Value, register.Retire(log.All<RegisterSession>().SingleOrDefault(), now));
            return new Committed(log.Version(command.RegisterId.Value));
        },
        cancellationToken);
}
