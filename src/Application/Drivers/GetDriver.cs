using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>One of the business's own drivers. Errors: not_found (404).</summary>
public sealed record GetDriver(DriverId DriverId) : IRequest<RosterDriverView>;

internal sealed class GetDriverHandler(IReadStore reads) : IRequestHandler<GetDriver, RosterDriverView>
{
    public async Task<RosterDriverView> Handle(GetDriver query, CancellationToken cancellationToken) =>
        await reads.Find<RosterDriverView>(
            "select * from rm.roster_drivers where roster_id = @roster_id and listed", new { RosterId = RosterDriver.StreamOf(query.DriverId) }, cancellationToken)
        ?? throw new DomainException(DriverErrors.NotFound);
}
