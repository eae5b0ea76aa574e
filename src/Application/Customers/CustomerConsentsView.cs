using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Customers;

/// <summary>What a customer agrees to, and how that came to be. There is none where nothing was ever said, and none of a customer who was erased.</summary>
/// <param name="Present">The last change of each purpose and channel.</param>
/// <param name="Changes">The newest first, <see cref="MaxChanges"/> at most: all of them are in the log.</param>
public sealed record CustomerConsentsView([property: Key] AccountId AccountId, CustomerId CustomerId, ConsentChange[] Present, ConsentChange[] Changes)
{
    public const int MaxChanges = 100;
}

/// <param name="Note">Where the customer said so, when staff wrote it down.</param>
/// <param name="By">Whose request it was.</param>
public sealed record ConsentChange(
    ConsentPurpose Purpose, NotificationChannel Channel, bool Given, string? Wording, ConsentSource Source, string? Note, Actor By, DateTimeOffset At);

internal sealed class CustomerConsentsProjection : Projection<CustomerConsentsView>
{
    public CustomerConsentsProjection() : base("customer_consents", version: 1, inline: true)
    {
        On<CustomerConsentChanged>(
            e => new(e.AccountId, e.CustomerId, [], []),
            (consents, e, context) =>
            {
                var change = new ConsentChange(e.Purpose, e.Channel, e.Given, e.Wording, e.Source, e.Note, context.Actor, e.At);
                return consents with
                {
                    Present = [change, .. consents.Present.Where(present => (present.Purpose, present.Channel) != (e.Purpose, e.Channel))],
                    Changes = [change, .. consents.Changes.Take(CustomerConsentsView.MaxChanges - 1)],
                };
            });
        On<CustomerAccountClosed>(e => new(e.AccountId, e.CustomerId, [], []), (_, _) => null);
        Index("customer_id");
    }
}
