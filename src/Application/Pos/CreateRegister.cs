using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>A till to sell at. Errors: not_found (404) for the location, already_exists, code_taken, location_retired (409), code_invalid, name_invalid (400).</summary>
/// <param name="LocationId">Where it stands, and what it sells; null: the default location.</param>
public sealed record CreateRegister(RegisterId RegisterId, string Code, string Name, LocationId? LocationId) : IRequest<Committed>;

internal sealed class CreateRegisterHandler(ILane lane) : IRequestHandler<CreateRegister, Committed>
{
    public Task<Committed> Handle(CreateRegister command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Register>(command.RegisterId.Value).OfLocation(command.LocationId),
        (log, now) =>
        {
            log.RefuseExisting<Register>(command.RegisterId.Value);
            log.RequireLocation(command.LocationId);
            log.Append<Register, RegisterEvent>(command.RegisterId.Value, Register.Create(command.RegisterId, command.Code, command.Name, command.LocationId, now));
            return new Committed(log.Version(command.RegisterId.Value));
        },
        cancellationToken);
}
