using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// The second step of <see cref="AddDriver"/>, in the pool: a driver whom a business vouches for, and who is dedicated to it.
/// Errors: illegal_transition (409) for a driver who is suspended or gone.
/// </summary>
internal sealed record EnrollDriver(DriverApplication Application, TenantId BusinessId) : IRequest<Committed>;

internal sealed class EnrollDriverHandler(ILane lane) : IRequestHandler<EnrollDriver, Committed>
{
    /// <summary>A business's own drivers are equal until it says otherwise.</summary>
    private const int Priority = 1;

    public Task<Committed> Handle(EnrollDriver command, CancellationToken cancellationToken)
    {
        var id = command.Application.DriverId.Value;
        return lane.Run(
            streams => streams.Of<Driver>(id),
            (log, now) =>
            {
                if (log.Find<Driver>(id) is null)
                {
                    log.Append<Driver, DriverEvent>(id, Driver.Apply(command.Application, now));
                    log.Append<Driver, DriverEvent>(id, log.Get<Driver>(id).Approve(now));
                }

                log.Append<Driver, DriverEvent>(id, log.Get<Driver>(id).DedicateTo(command.BusinessId, Priority, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
