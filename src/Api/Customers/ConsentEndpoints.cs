using Mainstreet.Api.Http;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Customers;

/// <summary>What customers agree to be written to about (CUS-05, CUS-07). To withdraw works in a suspended business too.</summary>
internal static class ConsentEndpoints
{
    private static readonly string[] invalid = ["consents_invalid", "wording_invalid"];

    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        var mine = api.MapGroup("/customers/me/consents").WithTags("Customers").RequireCustomer().Refuses(404, "not_found");
        mine.MapGet("/", GetMine).WithName("GetMyConsents");
        mine.MapPut("/", Choose).WithName("ChooseConsents").For(Purpose.Attend).Refuses(400, invalid).Refuses(409, "email_not_verified");

        var known = api.MapGroup("/business/customers/{customerId:guid}/consents").WithTags("Customers").Refuses(404, "not_found").Refuses(410, "customer_merged");
        known.MapGet("/", Get).WithName("GetCustomerConsents").RequirePermission(Permissions.CustomersRead);
        known.MapPut("/", Record).WithName("RecordConsents").RequirePermission(Permissions.CustomersWrite).For(Purpose.Attend)
            .Refuses(400, [.. invalid, "consent_note_invalid"]).Refuses(409, "customer_not_registered", "customer_erased");
    }

    private static async Task<OkAnswer<ConsentsBody>> GetMine(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(ConsentsBody.Of(await mediator.Send(new GetMyConsents(caller.Customer()), cancellationToken)));

    private static async Task<NoContentAnswer> Choose(ChooseConsentsRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChooseConsents(caller.Customer(), [.. request.Consents.Select(consent => consent.ToConsent())]), cancellationToken));

    private static async Task<OkAnswer<ConsentsBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(ConsentsBody.Of((await mediator.Send(new GetCustomerConsents(new(customerId)), cancellationToken)).Consents));

    private static async Task<NoContentAnswer> Record(Guid customerId, RecordConsentsRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RecordConsents(new(customerId), [.. request.Consents.Select(consent => consent.ToConsent())], request.Note), cancellationToken));
}
