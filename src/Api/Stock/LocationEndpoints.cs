using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Stock;

/// <summary>Where a business keeps its goods (STK-07).</summary>
internal static class LocationEndpoints
{
    public static void MapLocations(this IEndpointRouteBuilder api)
    {
        var locations = api.MapGroup("/business/locations").WithTags("Stock");
        locations.MapGet("/", List).WithName("ListLocations").RequirePermission(Permissions.StockRead);
        locations.MapPost("/", Create).WithName("CreateLocation").RequirePermission(Permissions.StockWrite)
            .Refuses(400, "name_invalid", "address_invalid").Refuses(409, "already_exists", "location_name_taken");
        locations.MapGet("/{locationId:guid}", Get).WithName("GetLocation").LooksBack().RequirePermission(Permissions.StockRead);
        locations.MapPatch("/{locationId:guid}", Rename).WithName("RenameLocation").RequirePermission(Permissions.StockWrite)
            .Refuses(400, "name_invalid", "address_invalid").Refuses(409, "location_name_taken");
        locations.MapPost("/{locationId:guid}/retire", Retire).WithName("RetireLocation").RequirePermission(Permissions.StockWrite)
            .For(Purpose.WindUp).Refuses(409, "default_location", "location_in_use");
    }

    private static async Task<PageAnswer<LocationBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListLocations(paging), cancellationToken), LocationBody.Of);

    private static async Task<CreatedAnswer<CreatedLocationBody>> Create(CreateLocationRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = new LocationId(request.Id ?? Uuid.New());
        var created = await mediator.Send(new CreateLocation(id, request.Name, request.Address), cancellationToken);
        return Answers.Created($"/business/locations/{id}", new CreatedLocationBody(id.Value, request.Name, request.Address, created.Version), created);
    }

    private static async Task<OkAnswer<LocationBody>> Get(Guid locationId, IMediator mediator, CancellationToken cancellationToken)
    {
        var location = await mediator.Send(new GetLocation(new(locationId)), cancellationToken);
        return Answers.Ok(LocationBody.Of(location), location.Version);
    }

    private static async Task<NoContentAnswer> Rename(Guid locationId, RenameLocationRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(locationId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Retire(Guid locationId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RetireLocation(new(locationId), ifMatch.Version), cancellationToken));
}

/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record CreateLocationRequest(string Name, string? Address = null, Guid? Id = null);

/// <summary>A member that is left out stays as it is; a null address takes it away.</summary>
internal sealed record RenameLocationRequest(string? Name = null)
{
    private Change<string?>? address;

    public string? Address
    {
        get => address?.To;
        init => address = new(value);
    }

    public RenameLocation ToCommand(LocationId id, int? expectedVersion) => new(id, expectedVersion, Name, address);
}

internal sealed record CreatedLocationBody(Guid Id, string Name, string? Address, int Version);

/// <param name="Default">The storefront sells from it, and whatever names no location is there.</param>
/// <param name="UpdatedAt">Absent while nobody has named the default location.</param>
internal sealed record LocationBody(Guid Id, int Version, string Name, string? Address, bool Default, bool Retired, DateTimeOffset? UpdatedAt)
{
    public static LocationBody Of(LocationView location) => new(
        location.LocationId.Value, location.Version, location.Name, location.Address, location.LocationId == LocationId.Default, location.Retired, location.UpdatedAt);
}
