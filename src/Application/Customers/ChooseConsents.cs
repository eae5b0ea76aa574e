using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>What the customer agrees to, and what no longer; what is not named stays. Errors: those of <see cref="CustomerAccount.ChooseConsents"/>; not_found (404).</summary>
public sealed record ChooseConsents(AccountId AccountId, Consent[] Consents) : IRequest<Committed>;

/// <summary>
/// What a customer has told staff of it. To withdraw always works: who has no account agrees to nothing. Errors: those of
/// <see cref="CustomerAccount.ChooseConsents"/> (400); not_found (404); customer_not_registered, customer_erased (409), only where something is given.
/// </summary>
/// <param name="Note">Where the customer said so.</param>
public sealed record RecordConsents(CustomerId CustomerId, Consent[] Consents, string Note) : IRequest<Committed>
{
    /// <summary>Without the note, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(RecordConsents)} {CustomerId}";
}

internal sealed class ChooseConsentsHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ChooseConsents, Committed>
{
    public Task<Committed> Handle(ChooseConsents command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value, expectedVersion: null,
        account => account.ChooseConsents(command.Consents, ConsentSource.Profile, note: null, clock.GetUtcNow()), cancellationToken);
}

internal sealed class RecordConsentsHandler(ILane lane, IReadStore reads) : IRequestHandler<RecordConsents, Committed>
{
    public async Task<Committed> Handle(RecordConsents command, CancellationToken cancellationToken)
    {
        var lastBought = await reads.RequireCustomer(command.CustomerId, cancellationToken);
        return await lane.Run(
            streams => streams.OfErasures(command.CustomerId).OfAccounts(command.CustomerId).Of<CustomerIdentity>(CustomerIdentity.StreamOf(command.CustomerId)),
            (log, now) =>
            {
                log.RefuseUnwritable(command.CustomerId, lastBought, []); // who was merged meanwhile is somebody else
                if (log.All<CustomerAccount>() is not [var account])
                {
                    Consent.Check(command.Consents, ConsentSource.Staff, command.Note);
                    if (command.Consents.Any(choice => choice.Given))
                    {
                        log.RefuseErased(command.CustomerId, lastBought ?? DateTimeOffset.MinValue);
                        throw new DomainException(CustomerErrors.NotRegistered);
                    }

                    return new Committed(0);
                }

                log.Append<CustomerAccount, CustomerAccountEvent>(account.Id.Value, account.ChooseConsents(command.Consents, ConsentSource.Staff, command.Note, now));
                return new Committed(log.Version(account.Id.Value));
            },
            cancellationToken);
    }
}
