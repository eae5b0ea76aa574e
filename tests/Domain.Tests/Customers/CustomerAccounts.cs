using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Tests.Customers;

public class CustomerAccounts
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = new(Uuid.Named("account"));
    private static readonly CustomerId Carla = new(Uuid.Named("carla"));
    private static readonly AddressId Home = new(Uuid.Named("home"));
    private static readonly AddressId Work = new(Uuid.Named("work"));
    private static readonly OrderId Order = new(Uuid.Named("order"));
    private static readonly Address Street = new("Lindenstr. 1", "Berlin", "10969", "DE");
    private static readonly Address Tower = new("Alexanderplatz 1", "Berlin", null, "DE", 52.52, 13.41, "12th floor");

    private static readonly CustomerRegistered Registered = new(Account, Carla, "carla@example.com", "Carla Berg", "+49 30 123456", "de", Now);
    private static readonly CustomerPasswordChanged Chosen = new(Account, "sealed-1", null, Now);
    private static readonly CustomerEmailVerified Verified = new(Account, Carla, Now);
    private static readonly CustomerAddressSaved AtHome = new(Account, Carla, Home, "Home", Street, Now);
    private static readonly CustomerAddressSaved AtWork = new(Account, Carla, Work, null, Tower, Now);
    private static readonly CustomerAccountClosed Closed = new(Account, Carla, Now);

    internal static CustomerAccountEvent[][] Streams =>
    [
        [
            Registered, Chosen, Chosen with { KeptSession = Uuid.Named("session") }, Verified, new CustomerProfileChanged(Account, Carla, "Carla Berg-Lind", null, null, Now), AtHome, AtWork,
            new CustomerDefaultAddressSet(Account, Carla, Work, Now), new CustomerAddressRemoved(Account, Carla, Work, Now),
            CustomerConsents.ByStaff, CustomerConsents.Withdrawn, new CustomerRefreshReuseDetected(Account, Uuid.Named("session"), Now), Closed,
        ],
    ];

    internal static ClaimedOrderEvent[][] Claims => [[new OrderClaimed(Order, Account, Carla, Now)]];

    [Fact]
    public void Are_registered_with_a_normalised_address_and_valid_data()
    {
        Register(" Carla@Example.com").Then(Registered, Chosen).EmailVerified.ShouldBeFalse();
        Register("carla").ThenRejected("email_invalid");
        Register(name: " ").ThenRejected("full_name_invalid");
        Register(phone: new string('1', 41)).ThenRejected("phone_invalid");
        Register(locale: "german").ThenRejected("locale_invalid");
    }

    [Fact]
    public void Are_verified_once() =>
        When(account => account.VerifyEmail(Now)).Then(Verified).VerifyEmail(Now).ShouldBeEmpty();

    [Fact]
    public void Keep_the_session_in_which_they_choose_another_password()
    {
        var session = Uuid.Named("session");
        When(account => account.ChangePassword("sealed-2", Now, session)).Then(new CustomerPasswordChanged(Account, "sealed-2", session, Now)).SealedPassword.ShouldBe("sealed-2");
        When(account => account.ChangePassword("sealed-2", Now)).Then(new CustomerPasswordChanged(Account, "sealed-2", null, Now));
    }

    [Fact]
    public void Change_their_profile()
    {
        When(account => account.ChangeProfile("Carla Berg", "+49 30 123456", "de", Now)).ThenNothing();
        When(account => account.ChangeProfile("Carla Lind", null, null, Now)).Then(new CustomerProfileChanged(Account, Carla, "Carla Lind", null, null, Now));
        When(account => account.ChangeProfile("", null, null, Now)).ThenRejected("full_name_invalid");
    }

    [Fact]
    public void Keep_addresses_of_which_one_is_the_default()
    {
        When(account => account.AddAddress(Home, "Home", Street, Now)).Then(AtHome).DefaultAddress.ShouldBe(Home);
        When(account => account.AddAddress(Home, "Home", Street, Now), AtHome).ThenRejected("already_exists");
        When(account => account.AddAddress(Work, new string('x', 61), Tower, Now)).ThenRejected("label_invalid");
        When(account => account.SetDefaultAddress(Work, Now), AtHome, AtWork).Then(new CustomerDefaultAddressSet(Account, Carla, Work, Now)).DefaultAddress.ShouldBe(Work);
        When(account => account.SetDefaultAddress(Home, Now), AtHome, AtWork).ThenNothing();
        When(account => account.RemoveAddress(Home, Now), AtHome, AtWork).Then(new CustomerAddressRemoved(Account, Carla, Home, Now)).DefaultAddress.ShouldBe(Work);
        When(account => account.RemoveAddress(Work, Now), AtHome).ThenRejected("not_found");
        When(account => account.ChangeAddress(Home, "Home", Street, Now), AtHome).ThenNothing();
        When(account => account.ChangeAddress(Home, null, Tower, Now), AtHome, AtWork).Then(AtHome with { Label = null, Address = Tower }).Addresses.Length.ShouldBe(2);
    }

    [Fact]
    public void Have_no_more_addresses_than_anybody_needs()
    {
        var many = Enumerable.Range(0, CustomerAccount.MaxAddresses).Select(i => AtHome with { AddressId = new(Uuid.Named("home", $"{i}")) }).ToArray();
        When(account => account.AddAddress(Work, null, Tower, Now), [.. many]).ThenRejected("too_many_addresses");
    }

    [Fact]
    public void Do_nothing_when_they_are_closed()
    {
        When(account => account.Close(Now), Closed).ThenNothing();
        foreach (var step in (Func<CustomerAccount, CustomerAccountEvent[]>[])
            [
                account => account.ChangePassword("sealed-2", Now), account => account.VerifyEmail(Now), account => account.ChangeProfile("Carla", null, null, Now),
                account => account.AddAddress(Work, null, Tower, Now), account => account.RemoveAddress(Home, Now), account => account.SetDefaultAddress(Home, Now),
                account => account.ChooseConsents([new(ConsentPurpose.Marketing, NotificationChannel.Email, true, null)], ConsentSource.Profile, null, Now),
            ])
        {
            When(step, AtHome, Closed).ThenRejected("not_found");
        }
    }

    [Fact]
    public void Claim_their_own_orders_once()
    {
        var account = CustomerAccount.Evolve(null, Registered);
        var claimed = new OrderClaimed(Order, Account, Carla, Now);
        Claim(null, Carla, account).Then(claimed).AccountId.ShouldBe(Account);
        Claim(new(Order, Account), Carla, account).ThenNothing();
        Claim(null, new(Uuid.Named("somebody")), account).ThenRejected("order_of_another_customer");
        Claim(new(Order, new(Uuid.Named("before"))), Carla, account).ThenRejected("order_of_another_customer");
        Claim(null, Carla, account with { Closed = true }).ThenRejected("not_found");
    }

    private static Spec<ClaimedOrder, ClaimedOrderEvent> Claim(ClaimedOrder? present, CustomerId customer, CustomerAccount account) =>
        new Spec<ClaimedOrder, ClaimedOrderEvent>().WhenNew(() => ClaimedOrder.Claim(present, Order, customer, account, Now));

    private static Spec<CustomerAccount, CustomerAccountEvent> Register(
        string email = "carla@example.com", string name = "Carla Berg", string? phone = "+49 30 123456", string? locale = "de") =>
        new Spec<CustomerAccount, CustomerAccountEvent>().WhenNew(() => CustomerAccount.Register(Account, Carla, email, name, phone, locale, "sealed-1", Now));

    private static Spec<CustomerAccount, CustomerAccountEvent> When(Func<CustomerAccount, CustomerAccountEvent[]> decide, params CustomerAccountEvent[] before) =>
        new Spec<CustomerAccount, CustomerAccountEvent>().Given([Registered, Chosen, .. before]).When(decide);
}
