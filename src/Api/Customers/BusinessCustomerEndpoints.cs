using Mainstreet.Api.Http;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Api.Customers;

/// <summary>What a business knows of its customers (CUS-07).</summary>
internal static class BusinessCustomerEndpoints
{
    public static void MapBusinessCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/business/customers").WithTags("Customers").RequirePermission(Permissions.CustomersRead);
        customers.MapGet("/", List).WithName("ListCustomers");
        customers.MapGet("/{customerId:guid}", Get).WithName("GetCustomer").Refuses(410, "customer_merged");

        var customer = api.MapGroup("/business/customers/{customerId:guid}").WithTags("Customers").RequirePermission(Permissions.CustomersWrite).Refuses(404, "not_found").Refuses(410, "customer_merged");
        customer.MapPut("/tags", SetTags).WithName("SetCustomerTags").Refuses(400, "tags_invalid").Refuses(409, "customer_erased");
        customer.MapPost("/notes", AddNote).WithName("AddCustomerNote").Refuses(400, "note_invalid").Refuses(409, "too_many_notes", "customer_erased");
        api.MapPost("/business/customers/{customerId:guid}/merge", Merge).WithName("MergeCustomers").WithTags("Customers").RequirePermission(Permissions.CustomersMerge).RequireStepUp()
            .Refuses(404, "not_found").Refuses(410, "customer_merged").Refuses(422, "merged_with_itself")
            .Refuses(409, "customer_erased", "merged_customer_has_account", "customers_both_registered", "survivor_not_verified", "too_many_merged");
    }

    private static async Task<PageAnswer<CustomerSummaryBody>> List(
        Paging paging, string? q, string? tag, Choice<NotificationChannel>? consent, Choice<CustomerKind>? kind, DateTimeOffset? orderedSince, DateTimeOffset? notOrderedSince, int? minOrders, long? minSpent,
        Sort<CustomerOrder>? sort, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(
                new ListCustomers(
                    q, tag, consent?.Value, kind?.Value, orderedSince, notOrderedSince, minOrders, minSpent, sort?.By ?? CustomerOrder.LastOrderAt, sort?.Descending ?? true, paging),
                cancellationToken),
            CustomerSummaryBody.Of);

    private static async Task<OkAnswer<CustomerDetailBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken)
    {
        var known = await mediator.Send(new GetCustomerRecord(new(customerId)), cancellationToken);
        return Answers.Ok(CustomerDetailBody.Of(known), known.Record?.Version);
    }

    private static async Task<NoContentAnswer> SetTags(
        Guid customerId, SetCustomerTagsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetCustomerTags(new(customerId), request.Tags, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Merge(Guid customerId, MergeCustomersRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new MergeCustomers(new(customerId), new(request.CustomerId)), cancellationToken));

    private static async Task<CreatedAnswer<AddedNoteBody>> AddNote(Guid customerId, AddCustomerNoteRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AddCustomerNote(new(customerId), request.Text), cancellationToken);
        return Answers.Created($"/business/customers/{customerId}", new AddedNoteBody(receipt.NoteId), receipt);
    }
}

/// <param name="Tags">All that the customer has from now on: at most 20, of 1 to 40 characters.</param>
internal sealed record SetCustomerTagsRequest(string[] Tags);

/// <param name="Text">1 to 2,000 characters. The customer is given it with all that is kept of them, when they ask.</param>
internal sealed record AddCustomerNoteRequest(string Text);

/// <param name="CustomerId">Who is the same person, and goes on as the customer of the path.</param>
internal sealed record MergeCustomersRequest(Guid CustomerId);

internal sealed record AddedNoteBody(Guid Id);
