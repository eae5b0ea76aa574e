using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Api.Customers;

/// <summary>A customer in a list.</summary>
/// <param name="Name">From the account when its address is verified, else from the last order. Nobody's name after an erasure.</param>
/// <param name="Orders">That count, sales at tills too: what was canceled, rejected, unpaid, voided or returned does not.</param>
/// <param name="Spent">By those orders and sales. Missing before the first one.</param>
/// <param name="LastOrderAt">Of whatever was ordered or bought at a till, whether it counts or not.</param>
/// <param name="LoyaltyPoints">The balance of the account; below 0 where points were redeemed that were taken back later.</param>
/// <param name="MarketingChannels">On which the customer agreed to be written to, in an account whose address is verified, and does not refuse whatever comes.</param>
/// <param name="ErasedAt">When the personal data was erased, the last time.</param>
internal sealed record CustomerSummaryBody(
    Guid Id,
    CustomerKind Kind,
    string? Name,
    string? Email,
    string? Phone,
    int Orders,
    Money? Spent,
    DateTimeOffset? FirstOrderAt,
    DateTimeOffset? LastOrderAt,
    long LoyaltyPoints,
    IReadOnlyList<NotificationChannel> MarketingChannels,
    DateTimeOffset? ErasedAt)
{
    public static CustomerSummaryBody Of(CustomerView customer)
    {
        var ordered = customer.FirstOrderAt is not null;
        return new(
            customer.CustomerId.Value, customer.Account is null ? CustomerKind.Guest : CustomerKind.Registered, customer.Name, customer.Email, customer.Phone,
            customer.Orders, ordered ? customer.Spent : null, customer.FirstOrderAt, ordered ? customer.LastOrderAt : null, customer.LoyaltyPoints,
            customer.MarketingChannels(), customer.ErasedAt);
    }
}

/// <inheritdoc cref="CustomerSummaryBody" />
/// <param name="ReversedOrders">Canceled, rejected, unpaid, voided or returned.</param>
/// <param name="Account">Missing for a guest.</param>
/// <param name="Addresses">That the customer saved in the account, the oldest first.</param>
/// <param name="LastAddress">Where the last order that was delivered went.</param>
/// <param name="Tags">Staff's.</param>
/// <param name="Notes">Staff's, the newest first.</param>
/// <param name="Consents">To be written to: every purpose and channel, whether anything was said of it or not.</param>
internal sealed record CustomerDetailBody(
    Guid Id,
    CustomerKind Kind,
    string? Name,
    string? Email,
    string? Phone,
    int Orders,
    int ReversedOrders,
    Money? Spent,
    DateTimeOffset? FirstOrderAt,
    DateTimeOffset? LastOrderAt,
    long LoyaltyPoints,
    IReadOnlyList<NotificationChannel> MarketingChannels,
    CustomerAccountBody? Account,
    IReadOnlyList<AddressBody> Addresses,
    Address? LastAddress,
    IReadOnlyList<string> Tags,
    IReadOnlyList<CustomerNoteBody> Notes,
    IReadOnlyList<ConsentBody> Consents,
    DateTimeOffset? ErasedAt)
{
    public static CustomerDetailBody Of(KnownCustomer known)
    {
        var customer = known.Customer;
        var summary = CustomerSummaryBody.Of(customer);
        return new(
            summary.Id, summary.Kind, summary.Name, summary.Email, summary.Phone, summary.Orders, customer.ReversedOrders, summary.Spent, summary.FirstOrderAt,
            summary.LastOrderAt, summary.LoyaltyPoints, summary.MarketingChannels, CustomerAccountBody.Of(customer), customer.Account is { } account ? AddressesBody.Of(account).Data : [], customer.BroughtTo,
            [.. known.Record?.Tags.Select(tag => tag.Text) ?? []], [.. known.Record?.Notes.Select(CustomerNoteBody.Of) ?? []],
            ConsentsBody.Of(known.Consents).Data, summary.ErasedAt);
    }
}

/// <param name="By">Who wrote it.</param>
internal sealed record CustomerNoteBody(Guid Id, string Text, NoteAuthorBody By, DateTimeOffset CreatedAt)
{
    public static CustomerNoteBody Of(CustomerNote note) => new(note.Id, note.Text, new(note.By.Type, note.By.Id), note.At);
}

/// <param name="Type">user or api_key</param>
internal sealed record NoteAuthorBody(string Type, Guid? Id);

/// <param name="FullName">As the customer wrote it.</param>
/// <param name="EmailVerified">Else anybody may have registered with the address.</param>
internal sealed record CustomerAccountBody(string FullName, string? Phone, string? Locale, bool EmailVerified, DateTimeOffset RegisteredAt)
{
    public static CustomerAccountBody? Of(CustomerView customer) => customer is { Account: { } account, RegisteredAt: { } at }
        ? new(account.FullName, account.Phone, account.Locale, account.EmailVerified, at)
        : null;
}
