using FluentValidation;
using Mainstreet.Application.Identity;
using FluentValidation.Results;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// Somebody who drives for this business (DRV-02): an account of the platform's, a driver of the pool who is dedicated to the
/// business, and last the entry in the business's roster. Each step may be repeated, so that a request sent again goes on
/// where a crash stopped it. Who drives for others already keeps account, password and profile, and is listed here too.
/// Errors: email_taken (409) for the address of somebody who is no driver; already_exists (409) for an id that is in use.
/// </summary>
public sealed record AddDriver(
    string Name, string Email, string Password, VehicleType Vehicle, string? Phone = null, string? Plate = null, DriverId? DriverId = null) : IRequest<DriverReceipt>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(AddDriver);
}

public sealed record DriverReceipt(DriverId DriverId, int Version) : Committed(Version);

internal sealed class AddDriverValidator : AbstractValidator<AddDriver>
{
    public AddDriverValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Password).IsNewPassword();
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Phone).MaximumLength(40);
        RuleFor(c => c.Plate).MaximumLength(50);
        RuleFor(c => c.DriverId).Must(id => id?.Value != Guid.Empty);
    }
}

internal sealed class AddDriverHandler(ILane lane, ITenantScopes scopes, ITenantContext context) : IRequestHandler<AddDriver, DriverReceipt>
{
    public async Task<DriverReceipt> Handle(AddDriver command, CancellationToken cancellationToken)
    {
        var wanted = command.DriverId ?? new DriverId(Uuid.Named("driver", context.CommandId.ToString()));
        var account = await scopes.Send(
            TenantId.Platform,
            new RegisterDriverAccount(wanted.Account(), command.Email, command.Password, command.Name, command.Phone),
            cancellationToken);
        var id = new DriverId(account.UserId.Value);
        var application = new DriverApplication(id, account.UserId, command.Name, command.Phone, command.Vehicle, command.Plate);
        await scopes.Send(TenantId.Pool, new EnrollDriver(application, context.Tenant), cancellationToken);

        var roster = RosterDriver.StreamOf(id);
        return await lane.Run(
            streams => streams.Of<RosterDriver>(roster),
            (log, now) =>
            {
                log.Append<RosterDriver, RosterEvent>(roster, RosterDriver.Add(log.Find<RosterDriver>(roster), id, command.Name, command.Vehicle, now));
                return new DriverReceipt(id, log.Version(roster));
            },
            cancellationToken);
    }
}
