using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>A further place to keep goods (STK-07). Errors: already_exists, location_name_taken (409), name_invalid, address_invalid (400).</summary>
public sealed record CreateLocation(LocationId LocationId, string Name, string? Address) : IRequest<Committed>;

internal sealed class CreateLocationHandler(ILane lane) : IRequestHandler<CreateLocation, Committed>
{
    public Task<Committed> Handle(CreateLocation command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Location>(command.LocationId.Value, LocationId.Default.Value),
        (log, now) =>
        {
            Check.That(command.LocationId != LocationId.Default, DomainError.AlreadyExists("location"));
            log.RefuseExisting<Location>(command.LocationId.Value);
            log.RefuseDefaultName(command.LocationId, command.Name);
            log.Append<Location, LocationEvent>(command.LocationId.Value, Location.Create(command.LocationId, command.Name, command.Address, now));
            return new Committed(log.Version(command.LocationId.Value));
        },
        cancellationToken);
}

internal static class LocationNames
{
    /// <summary>The wall between all others is the view's index; the default location has no row before it is named. Errors: location_name_taken (409).</summary>
    public static void RefuseDefaultName(this ILaneLog log, LocationId location, string name)
    {
        var taken = log.Find<Location>(LocationId.Default.Value) ?? Location.Default;
        Check.That(location == LocationId.Default || SearchText.Fold(name) != SearchText.Fold(taken.Name), LocationErrors.NameTaken);
    }
}
