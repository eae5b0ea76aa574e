using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Orders;

/// <summary>A read by POST: where somebody lives is in the body, because addresses get into logs.</summary>
internal static class DeliveryQuoteEndpoint
{
    public static void MapDeliveryQuotes(this IEndpointRouteBuilder api) => api.MapPost("/storefronts/{subdomain}/delivery-quotes", Quote).WithName("QuoteDelivery")
        .WithTags("Checkout").Public().OfStorefront().Refuses(404, "not_found")
        .Refuses(422, "delivery_not_offered", "outside_delivery_area", "storefront_closed", "scheduled_too_late");

    private static async Task<OkAnswer<DeliveryQuoteBody>> Quote(string subdomain, DeliveryQuoteRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(DeliveryQuoteBody.Of(await mediator.Send(new QuoteDelivery(new(request.Latitude, request.Longitude), request.ScheduledFor), cancellationToken)));
}

/// <param name="ScheduledFor">When it is wanted; left out: as soon as possible.</param>
internal sealed record DeliveryQuoteRequest(double Latitude, double Longitude, DateTimeOffset? ScheduledFor = null);

/// <summary>What a delivery to this place costs and when it would come. Nothing is promised by it.</summary>
/// <param name="MinimumOrder">What the goods cost at least.</param>
/// <param name="Zone">The name of the zone; null where the business has none.</param>
/// <param name="DistanceKm">As the crow flies.</param>
/// <param name="Earliest">If the business confirms it at once and a driver is there.</param>
/// <param name="Latest">Half an hour later.</param>
internal sealed record DeliveryQuoteBody(Money Fee, Money? MinimumOrder, string? Zone, double DistanceKm, DateTimeOffset Earliest, DateTimeOffset Latest)
{
    public static DeliveryQuoteBody Of(DeliveryQuote quote) => new(quote.Fee, quote.MinimumOrder, quote.Zone, quote.DistanceKm, quote.Earliest, quote.Latest);
}
