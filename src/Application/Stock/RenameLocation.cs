using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Another name or address, of the default location too. Errors: not_found (404), location_name_taken (409), stale_version (412), name_invalid, address_invalid (400).
/// </summary>
/// <param name="Name">Null: it stays.</param>
/// <param name="Address">Null: it stays; to null: there is none.</param>
public sealed record RenameLocation(LocationId LocationId, int? ExpectedVersion, string? Name, Change<string?>? Address) : IRequest<Committed>;

internal sealed class RenameLocationHandler(ILane lane) : IRequestHandler<RenameLocation, Committed>
{
    public Task<Committed> Handle(RenameLocation command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Location>(command.LocationId.Value, LocationId.Default.Value),
        (log, now) =>
        {
            var id = command.LocationId;
            var location = id == LocationId.Default ? log.Find<Location>(id.Value) ?? Location.Default : log.Get<Location>(id.Value);
            log.Expect(id.Value, command.ExpectedVersion);
            var name = command.Name ?? location.Name;
            log.RefuseDefaultName(id, name);
            log.Append<Location, LocationEvent>(id.Value, location.Rename(name, command.Address is { } address ? address.To : location.Address, now));
            return new Committed(log.Version(id.Value));
        },
        cancellationToken);
}
