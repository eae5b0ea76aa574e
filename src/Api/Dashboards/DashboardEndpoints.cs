using Mainstreet.Api.Http;
using Mainstreet.Application.Dashboards;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;

namespace Mainstreet.Api.Dashboards;

internal static class DashboardEndpoints
{
    public static void MapDashboards(this IEndpointRouteBuilder api) =>
        api.MapGet("/business/dashboard", Get).WithName("GetDashboard").LooksBackInTime().WithTags("Dashboards").RequirePermission(Permissions.DashboardRead)
            .Refuses(400, "invalid_range", "range_too_long");

    private static async Task<OkAnswer<DashboardBody>> Get(Day? from, Day? to, IMediator mediator, RequestContext context, CancellationToken cancellationToken)
    {
        var dashboard = await mediator.Send(new GetDashboard(from?.Value, to?.Value), cancellationToken);
        return Answers.Ok(DashboardBody.Of(dashboard, context));
    }
}

/// <summary>An order counts on the business day on which it was placed; revenue is what customers pay. Reversed orders are in no other number.</summary>
/// <param name="OrdersByStatus">Where the orders placed in the range stand now, reversed ones too.</param>
/// <param name="AsOf">When the numbers were read, by the business's clock, or the time that was asked for.</param>
/// <param name="Position">Up to which position of the business's log the numbers count, at least.</param>
internal sealed record DashboardBody(
    string Currency,
    DateOnly From,
    DateOnly To,
    Money Revenue,
    int Orders,
    Money AverageOrderValue,
    decimal Items,
    int ReversedOrders,
    IReadOnlyList<DashboardDay> ByDay,
    IReadOnlyList<DashboardProduct> TopProducts,
    IReadOnlyDictionary<OrderStatus, int> OrdersByStatus,
    DateTimeOffset AsOf,
    long Position,
    string ProjectionVersion)
{
    public static DashboardBody Of(Dashboard dashboard, RequestContext read) => new(
        dashboard.Currency, dashboard.From, dashboard.To, dashboard.Revenue, dashboard.Orders, dashboard.AverageOrderValue, dashboard.Items,
        dashboard.ReversedOrders,
        [.. dashboard.ByDay.Select(day => new DashboardDay(
            day.BusinessDate, new(day.Revenue, dashboard.Currency), day.Orders, day.Items, day.ReversedOrders))],
        [.. dashboard.TopProducts.Select(product => new DashboardProduct(
            product.ProductId.Value, product.Name, product.Quantity, new(product.Revenue, dashboard.Currency)))],
        dashboard.OrdersByStatus, dashboard.AsOf, read.ProjectionPosition!.Value, read.ProjectionVersion!);
}

internal sealed record DashboardDay(DateOnly Date, Money Revenue, int Orders, decimal Items, int ReversedOrders);

/// <summary>One of the ten products with the most revenue, by what its order lines cost.</summary>
internal sealed record DashboardProduct(Guid ProductId, string Name, decimal Quantity, Money Revenue);
