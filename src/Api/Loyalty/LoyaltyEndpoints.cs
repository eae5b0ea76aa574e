using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Loyalty;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Loyalty;

/// <summary>A business's loyalty programme, and the points of its customers (CUS-06).</summary>
internal static class LoyaltyEndpoints
{
    public static void MapLoyalty(this IEndpointRouteBuilder api)
    {
        var programme = api.MapGroup("/business/loyalty-programme").WithTags("Loyalty");
        programme.MapGet("/", GetProgramme).WithName("GetLoyaltyProgramme").RequirePermission(Permissions.LoyaltyRead);
        programme.MapPut("/", SetProgramme).WithName("SetLoyaltyProgramme").RequirePermission(Permissions.LoyaltyWrite)
            .Refuses(400, "points_per_unit_invalid", "point_value_invalid", "minimum_points_invalid", "expiry_invalid").Refuses(403, "loyalty_not_in_plan");

        var customer = api.MapGroup("/business/customers/{customerId:guid}/loyalty").WithTags("Loyalty").Refuses(404, "not_found").Refuses(410, "customer_merged");
        customer.MapGet("/", Get).WithName("GetCustomerLoyalty").RequirePermission(Permissions.LoyaltyRead);
        customer.MapGet("/entries", ListEntries).WithName("ListLoyaltyEntries").RequirePermission(Permissions.LoyaltyRead);
        customer.MapPost("/adjustments", Adjust).WithName("AdjustPoints").RequirePermission(Permissions.LoyaltyWrite)
            .Refuses(400, "points_invalid", "reason_invalid").Refuses(409, "customer_not_registered", "loyalty_not_running").Refuses(422, "points_insufficient");

        var me = api.MapGroup("/customers/me/loyalty").WithTags("Loyalty").RequireCustomer();
        me.MapGet("/", GetMine).WithName("GetMyLoyalty");
        me.MapGet("/entries", ListMine).WithName("ListMyLoyaltyEntries");
    }

    private static async Task<OkAnswer<LoyaltyProgrammeBody>> GetProgramme(IMediator mediator, CancellationToken cancellationToken)
    {
        var programme = await mediator.Send(new GetLoyaltyProgramme(), cancellationToken);
        return Answers.Ok(LoyaltyProgrammeBody.Of(programme.State), programme.Version);
    }

    private static async Task<NoContentAnswer> SetProgramme(
        SetLoyaltyProgrammeRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<CustomerLoyaltyBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken)
    {
        var loyalty = await mediator.Send(new GetCustomerLoyalty(new(customerId)), cancellationToken);
        return Answers.Ok(CustomerLoyaltyBody.Of(loyalty), loyalty.Version);
    }

    private static async Task<PageAnswer<LoyaltyEntryBody>> ListEntries(Guid customerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListLoyaltyEntries(new(customerId), paging), cancellationToken), LoyaltyEntryBody.Of);

    private static async Task<OkAnswer<AdjustedPointsBody>> Adjust(
        Guid customerId, AdjustPointsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AdjustPoints(new(customerId), request.Points, request.Reason, ifMatch.Version), cancellationToken);
        return Answers.Ok(new AdjustedPointsBody(receipt.Balance), receipt);
    }

    private static async Task<OkAnswer<CustomerLoyaltyBody>> GetMine(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var loyalty = await mediator.Send(new GetMyLoyalty(caller.Customer()), cancellationToken);
        return Answers.Ok(CustomerLoyaltyBody.Of(loyalty), loyalty.Version);
    }

    private static async Task<PageAnswer<LoyaltyEntryBody>> ListMine(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListMyLoyaltyEntries(caller.Customer(), paging), cancellationToken), LoyaltyEntryBody.Of);
}
