using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>Where the business keeps goods (STK-07): the default location first, the others by name.</summary>
public sealed record ListLocations(PageRequest Page) : IRequest<Page<LocationView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetLocation(LocationId LocationId) : IRequest<LocationView>;

internal sealed class ListLocationsHandler(IReadStore reads) : IRequestHandler<ListLocations, Page<LocationView>>
{
    private const string List = "locations";

    private const string Sql = $"""
        select * from {LocationView.All} l
         where @after_rank::bigint is null or ((location_id <> @default_id)::int, name_key, location_id) > (@after_rank::int, @after_key, @after_id)
         order by (location_id <> @default_id)::int, name_key, location_id limit @rows
        """;

    public async Task<Page<LocationView>> Handle(ListLocations query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<LocationView>(
            Sql,
            new
            {
                DefaultId = LocationId.Default,
                DefaultName = Location.Default.Name,
                LocationView.DefaultKey,
                AfterRank = after?.Number(0),
                AfterKey = after?.Text(1),
                AfterId = after?.Id(2),
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, List, location => [location.LocationId == LocationId.Default ? 0L : 1L, location.NameKey, location.LocationId]);
    }
}

internal sealed class GetLocationHandler(IReadStore reads) : IRequestHandler<GetLocation, LocationView>
{
    /// <summary>No other location is named: a version of the past is one of the only stream that is named.</summary>
    public async Task<LocationView> Handle(GetLocation query, CancellationToken cancellationToken) =>
        await (query.LocationId == LocationId.Default
            ? reads.Find<LocationView>(
                $"select * from {LocationView.All} l where location_id = @default_id", new { DefaultId = LocationId.Default, DefaultName = Location.Default.Name, LocationView.DefaultKey }, cancellationToken)
            : reads.Find<LocationView>("select * from rm.locations where location_id = @location_id", new { query.LocationId }, cancellationToken))
        ?? throw new DomainException(DomainError.NotFound("location"));
}
