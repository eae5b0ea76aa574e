using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// What it costs to have something brought to a place, and when it would come, whatever it is: refused as an order would be, and nothing is promised. Errors: not_found (404);
/// delivery_not_offered, outside_delivery_area, storefront_closed, scheduled_too_late (422).
/// </summary>
/// <param name="ScheduledFor">Null: as soon as possible.</param>
public sealed record QuoteDelivery(GeoPoint Place, DateTimeOffset? ScheduledFor) : IRequest<DeliveryQuote>;

/// <param name="MinimumOrder">Of the goods, before what a coupon takes off.</param>
/// <param name="Zone">The name of the zone; null where the business has none.</param>
/// <param name="DistanceKm">As the crow flies.</param>
/// <param name="Earliest">If the business confirms it at once, what is bought takes as long as most things, and a driver is there.</param>
/// <param name="Latest">Later would be late.</param>
public sealed record DeliveryQuote(Money Fee, Money? MinimumOrder, string? Zone, double DistanceKm, DateTimeOffset Earliest, DateTimeOffset Latest);

internal sealed class QuoteDeliveryValidator : AbstractValidator<QuoteDelivery>
{
    public QuoteDeliveryValidator()
    {
        RuleFor(c => c.Place.Latitude).InclusiveBetween(-90, 90).OverridePropertyName("Latitude");
        RuleFor(c => c.Place.Longitude).InclusiveBetween(-180, 180).OverridePropertyName("Longitude");
    }
}

internal sealed class QuoteDeliveryHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<QuoteDelivery, DeliveryQuote>
{
    /// <summary>How fast a city lets drivers be, stops and stairs included.</summary>
    private const double KmPerHour = 20;

    private static readonly TimeSpan window = TimeSpan.FromMinutes(30);

    public async Task<DeliveryQuote> Handle(QuoteDelivery query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var basket = new QuoteOrder([], DeliveryType.Delivery, new("", "", null, "", query.Place.Latitude, query.Place.Longitude), query.ScheduledFor, null, null, null);
        var facts = await reads.CheckoutFacts(basket, coupon: null, cancellationToken);
        var (fee, minimum, zone, terms) = new Checkout(basket, facts, now).Delivery();
        var distance = facts.Storefront.Delivery!.Location.DistanceKm(query.Place);
        var earliest = query.ScheduledFor ?? terms.ReadyAt(now) + TimeSpan.FromMinutes(Math.Ceiling(distance / KmPerHour * 60));
        return new(fee, minimum, zone, Math.Round(distance, 3), earliest, earliest + window);
    }
}
