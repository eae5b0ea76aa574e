using Mainstreet.Api.Http;
using Mainstreet.Application.Drivers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Api.Drivers;

internal static class DriverEndpoints
{
    public static void MapDrivers(this IEndpointRouteBuilder api)
    {
        var drivers = api.MapGroup("/business/drivers").WithTags("Drivers");
        drivers.MapPost("/", Add).WithName("AddDriver").RequirePermission(Permissions.DriversWrite)
            .Refuses(404, "not_found").Refuses(409, "email_taken", "already_exists", "illegal_transition");
        drivers.MapGet("/", List).WithName("ListDrivers").RequirePermission(Permissions.DriversRead);
        drivers.MapGet("/{driverId:guid}", Get).WithName("GetDriver").LooksBack().RequirePermission(Permissions.DriversRead);
        drivers.MapDelete("/{driverId:guid}", Remove).WithName("RemoveDriver").RequirePermission(Permissions.DriversWrite);

        var me = api.MapGroup("/driver").WithTags("Driver app");
        me.MapGet("/me", Me).WithName("GetMyDriverProfile").RequirePermission(Permissions.DriverDeliveries);
    }

    private static async Task<CreatedAnswer<AddedDriverBody>> Add(AddDriverRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new AddDriver(
                request.Name, request.Email, request.Password, request.VehicleType, request.Phone, request.Plate,
                request.Id is { } id ? new DriverId(id) : null),
            cancellationToken);
        return Answers.Created($"/business/drivers/{receipt.DriverId}", new AddedDriverBody(receipt.DriverId.Value, request.Name, request.VehicleType), receipt);
    }

    private static async Task<PageAnswer<DriverBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListDrivers(paging), cancellationToken), DriverBody.Of);

    private static async Task<OkAnswer<DriverBody>> Get(Guid driverId, IMediator mediator, CancellationToken cancellationToken)
    {
        var driver = await mediator.Send(new GetDriver(new DriverId(driverId)), cancellationToken);
        return Answers.Ok(DriverBody.Of(driver), driver.Version);
    }

    private static async Task<NoContentAnswer> Remove(Guid driverId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveDriver(new DriverId(driverId)), cancellationToken));

    private static async Task<OkAnswer<DriverProfileBody>> Me(IMediator mediator, CancellationToken cancellationToken)
    {
        var driver = await mediator.Send(new GetMyDriverProfile(), cancellationToken);
        return Answers.Ok(DriverProfileBody.Of(driver), driver.Version);
    }
}

/// <param name="Id">Chosen by the client, or left out. Who drives already keeps the id that he or she has.</param>
/// <param name="Email">With which the driver signs in. The address of a driver links that driver.</param>
/// <param name="Password">10 to 200 characters. Of no effect for who drives already.</param>
internal sealed record AddDriverRequest(
    string Name, string Email, string Password, VehicleType VehicleType, string? Phone = null, string? Plate = null, Guid? Id = null);

internal sealed record AddedDriverBody(Guid Id, string Name, VehicleType VehicleType);

internal sealed record DriverBody(Guid Id, string Name, VehicleType VehicleType, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DriverBody Of(RosterDriverView driver) =>
        new(driver.DriverId.Value, driver.Name, driver.Vehicle, driver.Version, driver.AddedAt, driver.UpdatedAt);
}

/// <param name="Businesses">Those that the driver is dedicated to.</param>
/// <param name="InSharedPool">Whether other businesses can be driven for as well.</param>
internal sealed record DriverProfileBody(
    Guid Id, string Name, string? Phone, VehicleType VehicleType, string? Plate, DriverStatus Status, IReadOnlyList<DedicationBody> Businesses,
    bool InSharedPool, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DriverProfileBody Of(DriverView driver) => new(
        driver.DriverId.Value, driver.Name, driver.Phone, driver.Vehicle, driver.Plate, driver.Status,
        [.. driver.Dedications.Select(dedication => new DedicationBody(dedication.BusinessId.Value, dedication.Priority))],
        driver.InSharedPool, driver.Version, driver.AppliedAt, driver.UpdatedAt);
}

/// <param name="Priority">1 is asked first.</param>
internal sealed record DedicationBody(Guid BusinessId, int Priority);
