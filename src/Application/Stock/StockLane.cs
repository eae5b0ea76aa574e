using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

/// <summary>The goods of variants at a location, for decisions in the lane. At a further location a ledger is opened when something happens to it first (STK-07).</summary>
internal static class StockLane
{
    private static readonly DomainError Unknown = DomainError.NotFound("location") with { Place = "/location_id" };

    /// <summary>The ledgers of variants at a location, with what a ledger begins with that is not there yet.</summary>
    /// <param name="location">Null: the default location, whose streams are all that is named.</param>
    public static LaneStreams OfStock(this LaneStreams streams, LocationId? location, params IEnumerable<VariantId> variants)
    {
        foreach (var variant in variants)
        {
            streams.Of<StockItem>(variant.Value);
            if (location is not null)
            {
                streams.Of<StockItem>(StockItem.StreamOf(variant, location));
            }
        }

        return streams;
    }

    public static LaneStreams OfLocation(this LaneStreams streams, LocationId? location) => location is { } place ? streams.Of<Location>(place.Value) : streams;

    /// <summary>Errors: not_found (404), location_retired (409).</summary>
    /// <param name="location">Null: the default location, which is always there.</param>
    public static void RequireLocation(this ILaneLog log, LocationId? location, string place = "/location_id")
    {
        if (location is { } named)
        {
            var known = log.Find<Location>(named.Value) ?? throw new DomainException(Unknown with { Place = place });
            Check.That(!known.Retired, LocationErrors.Retired with { Place = place });
        }
    }

    /// <summary>
    /// As it is, or as it would be opened; null: no stock is kept of the variant. The id of a ledger elsewhere is no variant's, and what is found under the id of a ledger is the
    /// variant's only if it says so: goods are never booked to others.
    /// </summary>
    public static StockItem? FindStock(this ILaneLog log, VariantId variant, LocationId? location, DateTimeOffset now)
    {
        var first = Own(variant.Value, null);
        return LocationId.Further(location?.Value) is not { } place || first is null ? first
            : log.Find<StockItem>(StockItem.StreamOf(variant, place)) is null ? first.At(place, now)
            : Own(StockItem.StreamOf(variant, place), place);

        StockItem? Own(Guid ledger, LocationId? of) => log.Find<StockItem>(ledger) is { } item && item.Id == variant && item.LocationId == of ? item : null;
    }

    /// <summary>As <see cref="FindStock"/>. Errors: not_found (404).</summary>
    public static StockItem GetStock(this ILaneLog log, VariantId variant, LocationId? location, DateTimeOffset now) =>
        log.FindStock(variant, location, now) ?? throw NotFound();

    /// <summary>What happens to the goods, and that their ledger begins where it has not begun yet.</summary>
    public static void AppendStock(this ILaneLog log, StockItem item, StockEvent[] events, DateTimeOffset now)
    {
        var stream = item.Stream;
        if (events.Length > 0 && item.LocationId is not null && log.Find<StockItem>(stream) is null)
        {
            log.Append<StockItem, StockEvent>(stream, item.Opening(now));
        }

        log.Append<StockItem, StockEvent>(stream, events);
    }

    /// <summary>What is refused is refused at this place.</summary>
    public static StockEvent[] DecidedAt(string place, Func<StockEvent[]> decide)
    {
        try
        {
            return decide();
        }
        catch (DomainException e)
        {
            throw new DomainException(e.Error with { Place = place });
        }
    }

    /// <summary>A step of the goods of one variant. Errors: not_found (404), location_retired (409), stale_version (412), and what <paramref name="decide"/> refuses.</summary>
    /// <param name="location">Null: the default location, where the step needs no lane, for its ledger is there already.</param>
    public static Task<Committed> ChangeStock(
        this ILane lane, IAggregates aggregates, TimeProvider clock, VariantId variant, LocationId? location, int? expectedVersion,
        Func<StockItem, DateTimeOffset, StockEvent[]> decide, CancellationToken cancellationToken) =>
        location is null
            ? aggregates.Update<StockItem, StockEvent>(variant.Value, expectedVersion, item => decide(item.LocationId is null && item.Id == variant ? item : throw NotFound(), clock.GetUtcNow()), cancellationToken)
            : lane.Run(
                streams => streams.OfStock(location, variant).OfLocation(location),
                (log, now) =>
                {
                    log.RequireLocation(location);
                    var item = log.GetStock(variant, location, now);
                    log.Expect(item.Stream, expectedVersion);
                    log.AppendStock(item, decide(item, now), now);
                    return new Committed(log.Version(item.Stream));
                },
                cancellationToken);

    private static DomainException NotFound() => new(DomainError.NotFound("stock item"));
}
