using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>The business's own drivers, the first added first.</summary>
public sealed record ListDrivers(PageRequest Page) : IRequest<Page<RosterDriverView>>;

internal sealed class ListDriversHandler(IReadStore reads) : IRequestHandler<ListDrivers, Page<RosterDriverView>>
{
    private const string List = "drivers";

    public async Task<Page<RosterDriverView>> Handle(ListDrivers query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<RosterDriverView>(
            """
            select * from rm.roster_drivers
             where listed and (@added_at::timestamptz is null or (added_at, driver_id) > (@added_at, @driver_id))
             order by added_at, driver_id limit @rows
            """,
            new { AddedAt = after?.Time(0), DriverId = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, List, driver => [driver.AddedAt, driver.DriverId]);
    }
}
