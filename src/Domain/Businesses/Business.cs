namespace Mainstreet.Domain.Businesses;

public enum BusinessMode
{
    Live,

    /// <summary>A sandbox: its clock can be moved and its providers are simulated. Requirement TEN-23.</summary>
    Test,
}

public enum BusinessStatus
{
    Provisioning,
    Active,
    Suspended,
    Closing,
    Closed,
}

/// <summary>Who had the business begin, where it begins with more than nothing: with categories, and a welcome to its owner.</summary>
public enum BusinessOrigin
{
    SignUp,

    /// <summary>An operator began it for somebody, who is asked by mail to become its owner.</summary>
    Operator,
}

public enum SuspensionReason
{
    Billing,
    Abuse,
    Manual,
}

/// <summary>
/// The registration of a tenant. Provisioning -> active &lt;-> suspended; active &lt;-> closing -> closed; closing -> suspended -> closed.
/// Requirements TEN-03, TEN-15, TEN-22.
/// </summary>
public sealed record Business(
    TenantId Id,
    string Name,
    string Subdomain,
    BusinessMode Mode,
    Guid? TestClockId,
    UserId? Owner,
    BusinessStatus Status,
    DateTimeOffset? ClosesAt = null,
    bool Welcomed = false,
    string[]? FormerSubdomains = null) : IAggregate<Business, BusinessEvent>
{
    /// <summary>How long a business that closes can be reopened.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>How many names nobody else can have because of one business, beside its present one.</summary>
    public const int MostFormerSubdomains = 5;

    /// <summary>That the subdomain is free is the caller's to know.</summary>
    public static BusinessEvent[] Register(BusinessRegistration registration, DateTimeOffset now)
    {
        Check.That(registration.BusinessId != TenantId.Platform && registration.BusinessId != TenantId.Pool, BusinessErrors.IdReserved);
        Check.That(Check.IsText(registration.Name, 200), BusinessErrors.NameInvalid);
        Subdomains.Validate(registration.Subdomain);
        Check.That(Currencies.IsKnown(registration.Currency), Currencies.Unknown(registration.Currency));
        Check.That(Timezones.IsKnown(registration.Timezone), Timezones.Unknown(registration.Timezone));
        Check.That(Check.IsOptionalCountry(registration.Country), BusinessErrors.CountryInvalid);
        Check.That(registration.Mode == BusinessMode.Test == registration.TestClockId is not null, BusinessErrors.TestClockMismatch);
        return
        [
            new BusinessRegistered(registration.BusinessId, registration.Name, registration.Subdomain, registration.Currency, registration.Timezone,
                registration.Mode, registration.TestClockId, registration.Country, registration.Owner, registration.ImportedFrom, registration.Origin, registration.Infrastructure, now),
        ];
    }

    /// <summary>Its owner was told that it is there.</summary>
    public BusinessEvent[] Welcome(DateTimeOffset now) => Welcomed ? [] : [new BusinessWelcomed(Id, now)];

    /// <summary>Its own log and everything it starts with are in place.</summary>
    public BusinessEvent[] Activate(DateTimeOffset now) => Status switch
    {
        BusinessStatus.Provisioning => [new BusinessActivated(Id, now)],
        BusinessStatus.Active => [],
        BusinessStatus.Suspended or BusinessStatus.Closing or BusinessStatus.Closed => throw Illegal("activate"),
    };

    /// <summary>
    /// It is found under another name, and the former one leads there. Going back to a former one makes room. That nobody else has or had the name is
    /// the caller's to know.
    /// </summary>
    public BusinessEvent[] ChangeSubdomain(string subdomain, DateTimeOffset now)
    {
        if (Status is not BusinessStatus.Active)
        {
            throw Illegal("change_subdomain");
        }

        if (subdomain == Subdomain)
        {
            return [];
        }

        Subdomains.Validate(subdomain);
        Check.That(After(subdomain).Length <= MostFormerSubdomains, BusinessErrors.FormerSubdomainsFull);
        return [new BusinessSubdomainChanged(Id, Subdomain, subdomain, now)];
    }

    /// <summary>A business that closes does not get away by it: it stays what it was, and its owner closes it again when it is reinstated.</summary>
    public BusinessEvent[] Suspend(SuspensionReason reason, DateTimeOffset now) => Status switch
    {
        BusinessStatus.Active or BusinessStatus.Closing => [new BusinessSuspended(Id, reason, now)],
        BusinessStatus.Suspended => [],
        BusinessStatus.Provisioning or BusinessStatus.Closed => throw Illegal("suspend"),
    };

    public BusinessEvent[] Reinstate(DateTimeOffset now) => Status switch
    {
        BusinessStatus.Suspended => [new BusinessReinstated(Id, now)],
        BusinessStatus.Active => [],
        BusinessStatus.Provisioning or BusinessStatus.Closing or BusinessStatus.Closed => throw Illegal("reinstate"),
    };

    /// <summary>From here on nothing new is sold; what is open is wound up, until the time of grace is over.</summary>
    /// <param name="closesAt">By the clock of the business: <see cref="Grace"/> from its present time.</param>
    /// <param name="now">By the clock of the platform.</param>
    public BusinessEvent[] StartClosing(DateTimeOffset closesAt, DateTimeOffset now) => Status switch
    {
        BusinessStatus.Active => [new BusinessClosingStarted(Id, closesAt, now)],
        BusinessStatus.Closing or BusinessStatus.Closed => [],
        BusinessStatus.Provisioning or BusinessStatus.Suspended => throw Illegal("close"),
    };

    public BusinessEvent[] Reopen(DateTimeOffset now) => Status switch
    {
        BusinessStatus.Closing => [new BusinessReopened(Id, now)],
        BusinessStatus.Active => [],
        BusinessStatus.Provisioning or BusinessStatus.Suspended or BusinessStatus.Closed => throw Illegal("reopen"),
    };

    /// <summary>The time of grace that began with <paramref name="closesAt"/> as its end is over; one that was broken off has no effect.</summary>
    public BusinessEvent[] FinishClosing(DateTimeOffset closesAt, DateTimeOffset now) =>
        Status is BusinessStatus.Closing && ClosesAt == closesAt ? [new BusinessClosed(Id, now)] : [];

    /// <summary>An operator ends what will not be reinstated.</summary>
    public BusinessEvent[] Terminate(DateTimeOffset now) => Status switch
    {
        BusinessStatus.Suspended => [new BusinessClosed(Id, now)],
        BusinessStatus.Closed => [],
        BusinessStatus.Provisioning or BusinessStatus.Active or BusinessStatus.Closing => throw Illegal("terminate"),
    };

    public static Business Evolve(Business? business, BusinessEvent e) => (business, e) switch
    {
        (null, BusinessRegistered registered) => new(registered.BusinessId, registered.Name, registered.Subdomain, registered.Mode,
            registered.TestClockId, registered.Owner, BusinessStatus.Provisioning),
        ({ }, BusinessActivated or BusinessReinstated or BusinessReopened) => business with { Status = BusinessStatus.Active, ClosesAt = null },
        ({ }, BusinessSuspended) => business with { Status = BusinessStatus.Suspended, ClosesAt = null },
        ({ }, BusinessClosingStarted started) => business with { Status = BusinessStatus.Closing, ClosesAt = started.ClosesAt },
        ({ }, BusinessClosed) => business with { Status = BusinessStatus.Closed },
        ({ }, BusinessSubdomainChanged changed) => business with { Subdomain = changed.Subdomain, FormerSubdomains = business.After(changed.Subdomain) },
        ({ }, BusinessWelcomed) => business with { Welcomed = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {business?.Status.ToString() ?? "an empty stream"}."),
    };

    /// <summary>The former subdomains once this is the present one.</summary>
    private string[] After(string subdomain) => [.. (FormerSubdomains ?? []).Append(Subdomain).Where(former => former != subdomain)];

    private DomainException Illegal(string step) => Status switch
    {
        BusinessStatus.Provisioning => Illegal("provisioning", step, "activate"),
        BusinessStatus.Active => Illegal("active", step, "suspend", "close"),
        BusinessStatus.Suspended => Illegal("suspended", step, "reinstate", "terminate"),
        BusinessStatus.Closing => Illegal("closing", step, "reopen", "suspend"),
        BusinessStatus.Closed => Illegal("closed", step),
    };

    private static DomainException Illegal(string status, string step, params string[] allowed) =>
        new(DomainError.IllegalTransition("The business", status, step, allowed));
}

/// <summary>
/// What somebody who starts a business says. Currency is ISO 4217, timezone IANA, country ISO 3166-1 alpha-2. A test clock
/// belongs to test businesses, and only to them. Without an owner it waits for one who was invited. Imported from: the business whose log it begins with, if it begins with one.
/// </summary>
public sealed record BusinessRegistration(
    TenantId BusinessId,
    string Name,
    string Subdomain,
    string Currency,
    string Timezone,
    UserId? Owner,
    BusinessMode Mode = BusinessMode.Live,
    Guid? TestClockId = null,
    string? Country = null,
    TenantId? ImportedFrom = null,
    BusinessOrigin? Origin = null,
    TenantId? Infrastructure = null);
