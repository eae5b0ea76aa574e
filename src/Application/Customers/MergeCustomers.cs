using Mainstreet.Application.Loyalty;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Two customers are one person (11.6): all that <paramref name="Merged"/> has is <paramref name="CustomerId"/>'s from now on. Repeated, it changes nothing. An account
/// whose address was never verified proves nobody: where both have one, the merged one's is closed, and its points, addresses and wishes go over to the other one, which has
/// proved its own. Errors: merged_with_itself
/// (422); not_found (404); customer_merged (410) where one of them was merged with somebody else; customer_erased, merged_customer_has_account, customers_both_registered, survivor_not_verified,
/// too_many_merged and, when one of them registers at this very moment, conflict (409).
/// </summary>
public sealed record MergeCustomers(CustomerId CustomerId, CustomerId Merged) : IRequest<Committed>;

internal sealed class MergeCustomersHandler(ILane lane, IReadStore reads) : IRequestHandler<MergeCustomers, Committed>
{
    private const string Accounts = "select account_id from rm.customer_accounts where customer_id = any(@customers)";

    public async Task<Committed> Handle(MergeCustomers command, CancellationToken cancellationToken)
    {
        var (survivor, merged) = (command.CustomerId, command.Merged);
        Check.That(survivor != merged, CustomerErrors.MergedWithItself);
        await reads.FindCustomer(survivor, cancellationToken);
        await reads.FindCustomer(merged, cancellationToken);
        var both = new { Customers = new[] { survivor.Value, merged.Value } };
        var registered = await reads.List<Guid>(Accounts, both, cancellationToken);
        return await lane.Run(
            streams => streams.OfIdentities(survivor, merged)
                .OfErasures(survivor).OfErasures(merged)
                .In<CustomerAccount>(Accounts, both)
                .Of<LoyaltyAccount>(registered.Select(account => LoyaltyAccount.StreamOf(new(account))))
                .Of<CustomerRecord>(CustomerRecord.StreamOf(survivor), CustomerRecord.StreamOf(merged))
                .Of<LegalHold>(LegalHold.StreamOf(survivor), LegalHold.StreamOf(merged))
                .Of<CustomerWishes>(CustomerWishes.StreamOf(survivor), CustomerWishes.StreamOf(merged)),
            (log, now) =>
            {
                if (CustomerIdentity.Merge(log.All<CustomerIdentity>(), survivor, merged, now) is { } found)
                {
                    Check.That(log.All<DataSubject>() is [], PrivacyErrors.CustomerErased);
                    var accounts = log.All<CustomerAccount>();
                    Check.That(accounts.All(account => registered.Contains(account.Id.Value)), CustomerErrors.ChangedMeanwhile);
                    if (accounts.SingleOrDefault(account => account.CustomerId == merged) is { } closing)
                    {
                        Close(log, accounts.SingleOrDefault(account => account.CustomerId == survivor), closing, now);
                    }

                    Append(log, found, now);
                    if (log.All<CustomerAccount>().SingleOrDefault(account => account.CustomerId == survivor) is { } holder)
                    {
                        log.Schedule(new SettleCustomerPoints(holder.Id), now); // what the other one bought as a guest
                    }
                }

                return new Committed(log.Version(CustomerRecord.StreamOf(survivor)));
            },
            cancellationToken);
    }

    private static void Append(ILaneLog log, CustomersMerged found, DateTimeOffset now)
    {
        var (survivor, merged) = (found.CustomerId, found.MergedId);
        log.Append<CustomerIdentity, CustomerIdentityEvent>(CustomerIdentity.StreamOf(survivor), found);
        log.Append<CustomerIdentity, CustomerIdentityEvent>(CustomerIdentity.StreamOf(merged), new CustomerMergedAway(merged, survivor, now));
        var record = CustomerRecord.StreamOf(survivor);
        log.Append<CustomerRecord, CustomerRecordEvent>(
            record, CustomerRecord.TakeOver(log.Find<CustomerRecord>(record), survivor, log.Find<CustomerRecord>(CustomerRecord.StreamOf(merged)), now));
        var hold = LegalHold.StreamOf(survivor);
        log.Append<LegalHold, LegalHoldEvent>(hold, LegalHold.TakeOver(log.Find<LegalHold>(hold), survivor, log.Find<LegalHold>(LegalHold.StreamOf(merged)), now));
        var wishes = CustomerWishes.StreamOf(survivor);
        log.Append<CustomerWishes, CustomerWishesEvent>(
            wishes, CustomerWishes.TakeOver(log.Find<CustomerWishes>(wishes), survivor, log.Find<CustomerWishes>(CustomerWishes.StreamOf(merged)), now));
    }

    private static void Close(ILaneLog log, CustomerAccount? kept, CustomerAccount closing, DateTimeOffset now)
    {
        Check.That(kept is not null, CustomerErrors.MergedHasAccount);
        Check.That(!closing.EmailVerified, CustomerErrors.BothRegistered);
        Check.That(kept!.EmailVerified, CustomerErrors.SurvivorNotVerified);
        log.Append<CustomerAccount, CustomerAccountEvent>(kept.Id.Value, kept.TakeOver(closing, now));
        if (log.Find<LoyaltyAccount>(LoyaltyAccount.StreamOf(closing.Id)) is { } points)
        {
            log.MovePoints(points, log.Find<LoyaltyAccount>(LoyaltyAccount.StreamOf(kept.Id)) ?? LoyaltyAccount.Empty(kept.Id, kept.CustomerId), now);
        }

        log.Append<CustomerAccount, CustomerAccountEvent>(closing.Id.Value, closing.Close(now));
    }
}
