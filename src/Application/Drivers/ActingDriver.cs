using Mainstreet.Domain;

namespace Mainstreet.Application.Drivers;

internal static class ActingDriver
{
    /// <summary>The driver who acts. A driver and the account that signs in have one id: whom a token names needs no looking up.</summary>
    public static DriverId Driver(this ITenantContext context) => context.Actor is { Type: "driver", Id: { } id }
        ? new DriverId(id)
        : throw new DomainException(new("drivers_only", "Only drivers do this.", ErrorKind.Forbidden));

    public static UserId Account(this DriverId driver) => new(driver.Value);
}
