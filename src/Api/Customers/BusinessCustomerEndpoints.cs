using Mainstreet.Api.Http;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Customers;

/// <summary>What a business knows of its customers (CUS-07).</summary>
internal static class BusinessCustomerEndpoints
{
    public static void MapBusinessCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/business/customers").WithTags("Customers").RequirePermission(Permissions.CustomersRead);
        customers.MapGet("/", List).WithName("ListCustomers");
        customers.MapGet("/{customerId:guid}", Get).WithName("GetCustomer");
    }

    private static async Task<PageAnswer<CustomerSummaryBody>> List(
        Paging paging, string? q, Choice<CustomerKind>? kind, DateTimeOffset? orderedSince, DateTimeOffset? notOrderedSince, int? minOrders, long? minSpent,
        Sort<CustomerOrder>? sort, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(
                new ListCustomers(
                    q, kind?.Value, orderedSince, notOrderedSince, minOrders, minSpent, sort?.By ?? CustomerOrder.LastOrderAt, sort?.Descending ?? true, paging),
                cancellationToken),
            CustomerSummaryBody.Of);

    private static async Task<OkAnswer<CustomerDetailBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(CustomerDetailBody.Of(await mediator.Send(new GetCustomerRecord(new(customerId)), cancellationToken)));
}
