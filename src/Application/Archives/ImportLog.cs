using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Archives;

/// <summary>
/// A business begins with the log of another one, or with its own from elsewhere. Everything is checked before there is a business;
/// registered, it is not active until its log is there, which is one transaction. Repeated after a crash it goes on where it stopped.
/// Runs in the platform's tenant. Errors: log_invalid (400), not_found (404) for the owner, already_exists, subdomain_taken,
/// subdomain_reserved, id_reserved, log_not_empty (409).
/// </summary>
public sealed record ImportLog(TenantId BusinessId, LogSource Log, string Subdomain, UserId Owner) : IRequest<ImportReceipt>;

/// <param name="LastPosition">At which the imported log ends.</param>
public sealed record ImportReceipt(TenantId BusinessId, TenantId ImportedFrom, long Events, long LastPosition, Guid? TestClockId, int Version) : Committed(Version);

internal sealed class ImportLogHandler(ILogImports imports, IMediator mediator, ILane lane, ITenantScopes scopes, ITenantContext context)
    : IRequestHandler<ImportLog, ImportReceipt>
{
    public async Task<ImportReceipt> Handle(ImportLog command, CancellationToken cancellationToken)
    {
        var id = command.BusinessId;
        var entry = await mediator.Send(new FindBusiness(id), cancellationToken);
        Check.That(entry is null or { Status: BusinessStatus.Provisioning }, BusinessErrors.AlreadyExists);
        await mediator.Send(new GetAccount(command.Owner), cancellationToken);

        await using var staged = await imports.Stage(id, command.Log, cancellationToken);
        var registration = new BusinessRegistration(
            id, staged.Profile.Details.Name, command.Subdomain, staged.Profile.Settings.Currency, staged.Profile.Settings.Timezone, command.Owner, staged.Mode,
            staged.Mode is BusinessMode.Test ? Uuid.Named("test_clock", id.ToString()) : null, Country: null, staged.Source);
        await scopes.Send(context.Tenant, new RegisterBusiness(registration), cancellationToken);
        var last = await staged.Move(cancellationToken);
        return await lane.Run(
            streams => streams.Of<Business>(id.Value),
            (log, now) =>
            {
                var business = log.Get<Business>(id.Value);
                log.Append<Business, BusinessEvent>(id.Value, business.Status is BusinessStatus.Provisioning ? business.Activate(now) : []);
                return new ImportReceipt(id, staged.Source, staged.Events, last, business.TestClockId, log.Version(id.Value));
            },
            cancellationToken);
    }
}
