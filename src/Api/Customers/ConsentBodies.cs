using Mainstreet.Application.Customers;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Api.Customers;

/// <param name="Data">Every purpose and channel, whether anything was said of it or not.</param>
/// <param name="Changes">How it came to be, the newest first: the last 100.</param>
internal sealed record ConsentsBody(IReadOnlyList<ConsentBody> Data, IReadOnlyList<ConsentChangeBody> Changes)
{
    /// <summary>As the business sees them.</summary>
    public static ConsentsBody Of(CustomerConsentsView? consents) => Of(consents, ConsentChangeBody.Of);

    /// <summary>As the customer sees them: who of the business it was is the business's to know.</summary>
    public static ConsentsBody Of(MyConsents mine) => Own(mine.Account, mine.Consents);

    /// <inheritdoc cref="Of(MyConsents)" />
    public static ConsentsBody Own(CustomerAccount account, CustomerConsentsView? consents) => Of(account.EmailVerified ? consents : null, change => ConsentChangeBody.Of(change) with
    {
        By = new(change.By.Type, change.Source is ConsentSource.Profile ? change.By.Id : null),
    });

    private static ConsentsBody Of(CustomerConsentsView? consents, Func<ConsentChange, ConsentChangeBody> show) => new(
        [.. Consent.All.Select(about => Array.Find(consents?.Present ?? [], present => (present.Purpose, present.Channel) == about) is { } present
            ? ConsentBody.Of(show(present))
            : new ConsentBody(about.Purpose, about.Channel, Given: false, null, null, null, null, null))],
        [.. consents?.Changes.Select(show) ?? []]);
}

/// <param name="Given">False also where nothing was ever said.</param>
/// <param name="Wording">Which text was agreed to, as the business names it.</param>
/// <param name="Source">Left out, as what follows, where nothing was ever said.</param>
/// <param name="Note">Where the customer said so, when staff wrote it down.</param>
/// <param name="By">Who wrote it down.</param>
/// <param name="At">When it was given, or withdrawn.</param>
internal sealed record ConsentBody(
    ConsentPurpose Purpose, NotificationChannel Channel, bool Given, string? Wording, ConsentSource? Source, string? Note, ConsentAuthorBody? By, DateTimeOffset? At)
{
    public static ConsentBody Of(ConsentChangeBody change) =>
        new(change.Purpose, change.Channel, change.Given, change.Wording, change.Source, change.Note, change.By, change.At);
}

/// <inheritdoc cref="ConsentBody" />
internal sealed record ConsentChangeBody(
    ConsentPurpose Purpose, NotificationChannel Channel, bool Given, string? Wording, ConsentSource Source, string? Note, ConsentAuthorBody By, DateTimeOffset At)
{
    public static ConsentChangeBody Of(ConsentChange change) =>
        new(change.Purpose, change.Channel, change.Given, change.Wording, change.Source, change.Note, new(change.By.Type, change.By.Id), change.At);
}

/// <param name="Type">customer, user or api_key</param>
/// <param name="Id">Of the account, user or key. Customers are not told whose of the business it is.</param>
internal sealed record ConsentAuthorBody(string Type, Guid? Id);

/// <param name="Consents">What is not named stays as it is. Each purpose and channel once.</param>
internal sealed record ChooseConsentsRequest(ConsentRequest[] Consents);

/// <param name="Consents">What is not named stays as it is. Each purpose and channel once.</param>
/// <param name="Note">Where the customer said so, such as at the counter: 1 to 200 characters.</param>
internal sealed record RecordConsentsRequest(ConsentRequest[] Consents, string Note);

/// <param name="Given">Whether the customer agrees to be written to on the channel, or no longer does.</param>
/// <param name="Wording">Which text the customer agreed to, as the business names it: 1 to 100 characters, without personal data, for webhooks tell it.</param>
/// <param name="Purpose">Left out: marketing.</param>
internal sealed record ConsentRequest(NotificationChannel Channel, bool Given, string? Wording = null, ConsentPurpose Purpose = ConsentPurpose.Marketing)
{
    public Consent ToConsent() => new(Purpose, Channel, Given, Wording);
}
