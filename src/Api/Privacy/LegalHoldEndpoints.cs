using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Privacy;

/// <summary>What stands against erasing a customer (SEC-04).</summary>
internal static class LegalHoldEndpoints
{
    public static void MapLegalHolds(this IEndpointRouteBuilder api)
    {
        var hold = api.MapGroup("/business/customers/{customerId:guid}/legal-hold").WithTags("Privacy").RequirePermission(Permissions.CustomersHold)
            .Refuses(404, "not_found").Refuses(410, "customer_merged");
        hold.MapGet("/", Get).WithName("GetLegalHold");
        hold.MapPut("/", Place).WithName("HoldCustomer").For(Purpose.Attend).RequireStepUp().Refuses(400, "reason_invalid", "until_invalid").Refuses(409, "customer_erased");
        hold.MapDelete("/", Lift).WithName("LiftLegalHold").For(Purpose.Attend).RequireStepUp();
    }

    private static async Task<OkAnswer<LegalHoldBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken)
    {
        var known = await mediator.Send(new GetLegalHold(new(customerId)), cancellationToken);
        return Answers.Ok(LegalHoldBody.Of(known), known.Hold?.Version);
    }

    private static async Task<NoContentAnswer> Place(Guid customerId, HoldCustomerRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new HoldCustomer(new(customerId), request.Reason, request.Until, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Lift(Guid customerId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new LiftLegalHold(new(customerId), ifMatch.Version), cancellationToken));
}

/// <param name="Reason">1 to 500 characters. The customer is not told it.</param>
/// <param name="Until">Missing: until it is lifted.</param>
internal sealed record HoldCustomerRequest(string Reason, DateTimeOffset? Until = null);

/// <param name="Stands">Whether an erasure is refused: the hold's time may have come, and where there is none nothing else is said.</param>
/// <param name="Until">Missing: until it is lifted.</param>
internal sealed record LegalHoldBody(bool Stands, string? Reason, DateTimeOffset? Until, LegalHoldAuthorBody? By, DateTimeOffset? PlacedAt)
{
    public static LegalHoldBody Of(KnownHold known) => known.Hold is { } hold
        ? new(known.Stands, hold.Reason, hold.Until, new(hold.By.Type, hold.By.Id), hold.PlacedAt)
        : new(Stands: false, null, null, null, null);
}

/// <param name="Type">user or api_key</param>
internal sealed record LegalHoldAuthorBody(string Type, Guid? Id);
