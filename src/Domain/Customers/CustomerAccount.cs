using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Domain.Customers;

/// <summary>
/// Somebody's account at one business (IAM-07, CUS-01): the same address at two businesses is two accounts that do not know of each other.
/// registered -> verified -> closed; a closed account does nothing any more, and to whoever asks it is not there.
/// </summary>
/// <param name="CustomerId">Whose personal data it is, and whose orders.</param>
/// <param name="Addresses">The oldest first.</param>
/// <param name="Consents">Those that were ever given, each purpose and channel once; what is not here was not.</param>
public sealed record CustomerAccount(
    AccountId Id,
    CustomerId CustomerId,
    string Email,
    string FullName,
    string? Phone,
    string? Locale,
    SavedAddress[] Addresses,
    AddressId? ChosenAddress = null,
    string SealedPassword = "",
    bool EmailVerified = false,
    bool Closed = false,
    Consent[]? Consents = null) : IAggregate<CustomerAccount, CustomerAccountEvent>
{
    public const int MaxAddresses = 20;

    /// <summary>The one that was chosen, or else the oldest; null where there is none.</summary>
    public AddressId? DefaultAddress => Find(ChosenAddress)?.Id ?? (Addresses is [var oldest, ..] ? oldest.Id : null);

    /// <summary>The address is stored normalised; that nobody else of the business has it is the caller's to know.</summary>
    public static CustomerAccountEvent[] Register(
        AccountId id, CustomerId customer, string email, string fullName, string? phone, string? locale, string sealedPassword, DateTimeOffset now)
    {
        var normalized = EmailAddress.Normalize(email);
        CheckProfile(fullName, phone, locale);
        return [new CustomerRegistered(id, customer, normalized, fullName, phone, locale, now), new CustomerPasswordChanged(id, sealedPassword, null, now)];
    }

    /// <param name="keptSession">Which one goes on, where it was chosen by who is signed in.</param>
    public CustomerAccountEvent[] ChangePassword(string sealedPassword, DateTimeOffset now, Guid? keptSession = null) =>
        [new CustomerPasswordChanged(Open().Id, sealedPassword, keptSession, now)];

    public CustomerAccountEvent[] VerifyEmail(DateTimeOffset now) => Open().EmailVerified ? [] : [new CustomerEmailVerified(Id, CustomerId, now)];

    /// <summary>Who agreed to be written to at one number has not agreed at another one, whosever it is.</summary>
    public CustomerAccountEvent[] ChangeProfile(string fullName, string? phone, string? locale, DateTimeOffset now)
    {
        CheckProfile(fullName, phone, locale);
        return (fullName, phone, locale) == (Open().FullName, Phone, Locale) ? [] :
        [
            new CustomerProfileChanged(Id, CustomerId, fullName, phone, locale, now),
            .. (Consents ?? []).Where(consent => phone != Phone && consent is { Given: true, NeedsPhone: true }).Select(consent => new CustomerConsentChanged(
                Id, CustomerId, consent.Purpose, consent.Channel, Given: false, null, ConsentSource.Profile, null, now)),
        ];
    }

    public CustomerAccountEvent[] AddAddress(AddressId id, string? label, Address address, DateTimeOffset now)
    {
        Check.That(Open().Find(id) is null, DomainError.AlreadyExists("address"));
        Check.That(Addresses.Length < MaxAddresses, CustomerErrors.TooManyAddresses);
        return Save(id, label, address, now);
    }

    public CustomerAccountEvent[] ChangeAddress(AddressId id, string? label, Address address, DateTimeOffset now) =>
        Get(id) == new SavedAddress(id, label, address) ? [] : Save(id, label, address, now);

    public CustomerAccountEvent[] RemoveAddress(AddressId id, DateTimeOffset now) => [new CustomerAddressRemoved(Id, CustomerId, Get(id).Id, now)];

    public CustomerAccountEvent[] SetDefaultAddress(AddressId id, DateTimeOffset now) =>
        Get(id).Id == DefaultAddress ? [] : [new CustomerDefaultAddressSet(Id, CustomerId, id, now)];

    /// <summary>
    /// What the customer agrees to, and what no longer (CUS-05); what <paramref name="choices"/> do not name stays. Saying the same again records nothing, and so does
    /// to agree again without naming a wording. Errors: consents_invalid, wording_invalid, consent_note_invalid (400); not_found (404); email_not_verified (409) where
    /// the customer gives one: whoever registers with another one's address does not agree for them.
    /// </summary>
    /// <param name="note">Where the customer said so, when it is staff who say it; null when it is the customer.</param>
    public CustomerAccountEvent[] ChooseConsents(IReadOnlyList<Consent> choices, ConsentSource source, string? note, DateTimeOffset now)
    {
        Consent.Check(choices, source, note);
        Check.That(Open().EmailVerified || source is ConsentSource.Staff || choices.All(choice => !choice.Given), IdentityErrors.EmailNotVerified);
        return
        [
            .. choices.Where(IsNews).Select(choice => new CustomerConsentChanged(
                Id, CustomerId, choice.Purpose, choice.Channel, choice.Given, choice.Given ? choice.Wording : null, source, note, now)),
        ];
    }

    /// <summary>
    /// What another account of the same person has, which is closed: its addresses, beyond <see cref="MaxAddresses"/> if need be. What was withdrawn there is withdrawn
    /// here; what was agreed to there is only where it was about this account's telephone number: nobody agreed to be written to at another address.
    /// </summary>
    public CustomerAccountEvent[] TakeOver(CustomerAccount other, DateTimeOffset now) =>
    [
        .. other.Addresses.Where(saved => !Array.Exists(Addresses, own => own.Address == saved.Address))
            .Select(saved => new CustomerAddressSaved(Open().Id, CustomerId, saved.Id, saved.Label, saved.Address, now)),
        .. (other.Consents ?? []).Where(said => said.Given ? said.NeedsPhone && Phone is not null && Phone == other.Phone && Said(said) is null : Said(said) is { Given: true })
            .Select(said => new CustomerConsentChanged(
                Id, CustomerId, said.Purpose, said.Channel, said.Given, said.Wording, ConsentSource.Staff, $"Said as customer {other.CustomerId}, who was merged.", now)),
    ];

    public CustomerAccountEvent[] DetectRefreshReuse(Guid sessionId, DateTimeOffset now) => [new CustomerRefreshReuseDetected(Id, sessionId, now)];

    public CustomerAccountEvent[] Close(DateTimeOffset now) => Closed ? [] : [new CustomerAccountClosed(Id, CustomerId, now)];

    /// <summary>This account, unless it is closed. Errors: not_found (404).</summary>
    public CustomerAccount Open() => Closed ? throw new DomainException(CustomerErrors.NotFound) : this;

    public static CustomerAccount Evolve(CustomerAccount? account, CustomerAccountEvent e) => (account, e) switch
    {
        (null, CustomerRegistered registered) =>
            new(registered.AccountId, registered.CustomerId, registered.Email, registered.FullName, registered.Phone, registered.Locale, []),
        ({ }, CustomerPasswordChanged changed) => account with { SealedPassword = changed.SealedPassword },
        ({ }, CustomerEmailVerified) => account with { EmailVerified = true },
        ({ }, CustomerProfileChanged changed) => account with { FullName = changed.FullName, Phone = changed.Phone, Locale = changed.Locale },
        ({ }, CustomerAddressSaved saved) => account.With(new(saved.AddressId, saved.Label, saved.Address)),
        ({ }, CustomerAddressRemoved removed) => account with { Addresses = [.. account.Addresses.Where(address => address.Id != removed.AddressId)] },
        ({ }, CustomerDefaultAddressSet set) => account with { ChosenAddress = set.AddressId },
        ({ }, CustomerConsentChanged changed) => account with { Consents = [.. account.Others(changed), new(changed.Purpose, changed.Channel, changed.Given, changed.Wording)] },
        ({ }, CustomerRefreshReuseDetected) => account,
        ({ }, CustomerAccountClosed) => account with { Closed = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(account is null ? "an empty stream" : "a customer's account")}."),
    };

    /// <summary>Names no person and no secret, because states end up in logs.</summary>
    public override string ToString() => $"Customer account {Id}";

    private static void CheckProfile(string fullName, string? phone, string? locale)
    {
        Check.That(Check.IsText(fullName, 200), IdentityErrors.NameInvalid);
        Check.That(Check.IsOptionalText(phone, 40), IdentityErrors.PhoneInvalid);
        Check.That(locale is null || BusinessSettings.IsLocale(locale), BusinessErrors.LocaleInvalid);
    }

    private CustomerAccountEvent[] Save(AddressId id, string? label, Address address, DateTimeOffset now)
    {
        Check.That(Check.IsOptionalText(label, 60), CustomerErrors.LabelInvalid);
        return [new CustomerAddressSaved(Id, CustomerId, id, label, address, now)];
    }

    private CustomerAccount With(SavedAddress saved) => this with
    {
        Addresses = Find(saved.Id) is null ? [.. Addresses, saved] : [.. Addresses.Select(address => address.Id == saved.Id ? saved : address)],
    };

    private bool IsNews(Consent choice)
    {
        var present = Said(choice) ?? choice with { Given = false };
        return choice.Given != present.Given || (choice is { Given: true, Wording: not null } && choice.Wording != present.Wording);
    }

    private Consent? Said(Consent choice) => Array.Find(Consents ?? [], consent => consent.IsAbout(choice.Purpose, choice.Channel));

    private IEnumerable<Consent> Others(CustomerConsentChanged changed) => (Consents ?? []).Where(consent => !consent.IsAbout(changed.Purpose, changed.Channel));

    private SavedAddress? Find(AddressId? id) => Array.Find(Addresses, address => address.Id == id);

    private SavedAddress Get(AddressId id) => Open().Find(id) ?? throw new DomainException(DomainError.NotFound("address"));
}

/// <param name="Label">What the customer calls it, such as home.</param>
public sealed record SavedAddress(AddressId Id, string? Label, Address Address);
