using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>What the pool knows of the driver who asks. Errors: not_found (404).</summary>
public sealed record GetMyDriverProfile : IRequest<DriverView>;

internal sealed class GetMyDriverProfileHandler(IReadStore reads, ITenantContext context) : IRequestHandler<GetMyDriverProfile, DriverView>
{
    public async Task<DriverView> Handle(GetMyDriverProfile query, CancellationToken cancellationToken) =>
        await reads.Find<DriverView>("select * from rm.drivers where driver_id = @driver_id", new { DriverId = context.Driver() }, cancellationToken)
        ?? throw new DomainException(DriverErrors.NotFound);
}
