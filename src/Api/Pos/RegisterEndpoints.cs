using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Pos;

/// <summary>The tills of a business.</summary>
internal static class RegisterEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        var registers = api.MapGroup("/business/registers").WithTags("Point of sale");
        registers.MapGet("/", List).WithName("ListRegisters").RequirePermission(Permissions.SalesRead);
        registers.MapPost("/", Create).WithName("CreateRegister").RequirePermission(Permissions.RegistersWrite)
            .Refuses(400, "code_invalid", "name_invalid").Refuses(404, "not_found").Refuses(409, "already_exists", "code_taken", "location_retired");
        registers.MapGet("/{registerId:guid}", Get).WithName("GetRegister").LooksBack().RequirePermission(Permissions.SalesRead);
        registers.MapPatch("/{registerId:guid}", Rename).WithName("RenameRegister").RequirePermission(Permissions.RegistersWrite).Refuses(400, "name_invalid");
        registers.MapPut("/{registerId:guid}/location", Move).WithName("MoveRegister").RequirePermission(Permissions.RegistersWrite)
            .Refuses(409, "session_already_open", "register_retired", "location_retired");
        registers.MapPost("/{registerId:guid}/retire", Retire).WithName("RetireRegister").RequirePermission(Permissions.RegistersWrite)
            .For(Purpose.WindUp).Refuses(409, "session_already_open");
    }

    private static async Task<PageAnswer<RegisterBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListRegisters(paging), cancellationToken), RegisterBody.Of);

    private static async Task<CreatedAnswer<CreatedRegisterBody>> Create(CreateRegisterRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = new RegisterId(request.Id ?? Uuid.New());
        var created = await mediator.Send(new CreateRegister(id, request.Code, request.Name, LocationId.Further(request.LocationId)), cancellationToken);
        return Answers.Created($"/business/registers/{id}", new CreatedRegisterBody(id.Value, request.Code, request.Name, created.Version), created);
    }

    private static async Task<OkAnswer<RegisterBody>> Get(Guid registerId, IMediator mediator, CancellationToken cancellationToken)
    {
        var register = await mediator.Send(new GetRegister(new(registerId)), cancellationToken);
        return Answers.Ok(RegisterBody.Of(register), register.Version);
    }

    private static async Task<NoContentAnswer> Rename(
        Guid registerId, RenameRegisterRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RenameRegister(new(registerId), ifMatch.Version, request.Name), cancellationToken));

    private static async Task<NoContentAnswer> Move(
        Guid registerId, MoveRegisterRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new MoveRegister(new(registerId), ifMatch.Version, LocationId.Further(request.LocationId)), cancellationToken));

    private static async Task<NoContentAnswer> Retire(Guid registerId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RetireRegister(new(registerId), ifMatch.Version), cancellationToken));
}

/// <param name="Code">1 to 10 capital letters and digits, before the numbers of its receipts; it stays.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
/// <param name="LocationId">Where it stands, and what it sells; left out: the default location.</param>
internal sealed record CreateRegisterRequest(string Code, string Name, Guid? Id = null, Guid? LocationId = null);

/// <param name="LocationId">Where it stands from now on, and what it sells.</param>
internal sealed record MoveRegisterRequest(Guid LocationId);

internal sealed record RenameRegisterRequest(string Name);

internal sealed record CreatedRegisterBody(Guid Id, string Code, string Name, int Version);

/// <param name="LocationId">Where it stands, and what it sells.</param>
/// <param name="SessionId">Of its open session; absent while nobody sells at it.</param>
internal sealed record RegisterBody(
    Guid Id, int Version, string Code, string Name, Guid LocationId, bool Retired, Guid? SessionId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static RegisterBody Of(RegisterEntry register) => new(
        register.RegisterId.Value, register.Version, register.Code, register.Name, (register.LocationId ?? Domain.LocationId.Default).Value, register.Retired, register.SessionId?.Value, register.CreatedAt, register.UpdatedAt);
}
