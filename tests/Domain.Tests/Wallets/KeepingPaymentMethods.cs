using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Domain.Tests.Wallets;

public class KeepingPaymentMethods
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = new(Uuid.Named("account"));
    private static readonly CustomerId Carla = new(Uuid.Named("carla"));
    private static readonly MethodGateway Stripe = new("stripe", new ConnectionId(Uuid.Named("connection")));
    private static readonly SavedCard Visa = new("visa", "4242", 12, 2030);

    private static readonly PaymentMethodSetupBegun Begun = new(Account, Carla, Setup(1), Stripe.Provider, Stripe.ConnectionId, Now);
    private static readonly PaymentMethodAttached Attached = new(Account, Carla, Method(1), Setup(1), SavedMethodType.Card, Visa, Stripe.Provider, Stripe.ConnectionId, Now);
    private static readonly PaymentMethodAttached Cash = new(Account, Carla, Method(9), null, SavedMethodType.Cash, null, null, null, Now);
    private static readonly PaymentMethodSetupFailed Failed = new(Account, Carla, Setup(1), "card_declined", Now);
    private static readonly PaymentMethodRenewed Renewed = new(Account, Carla, Method(1), Visa with { Last4 = "1881", ExpYear = 2034 }, Now);

    internal static WalletEvent[][] Streams =>
    [
        [Begun, Attached, Default(1), Renewed, Cash, Default(9), Detached(1)],
        [Begun, Failed],
        [Begun, Attached, Begin(2), new PaymentMethodSetupDone(Account, Carla, Setup(2), Method(1), Now)],
    ];

    internal static ChosenMethodEvent[][] Choices => [[new PaymentMethodChosen(new(Uuid.Named("order")), Account, Method(1), new(Uuid.Named("connection")), Now)]];

    [Fact]
    public void A_setup_is_begun_once_and_attaches_once_however_often_it_is_told()
    {
        Spec().WhenNew(() => New().BeginSetup(Setup(1), Stripe, Now)).Then(Begun);
        Spec(Begun).When(wallet => wallet.BeginSetup(Setup(1), Stripe, Now)).ThenNothing();
        Spec(Begun).When(Attach(1)).Then(Attached, Default(1)).Methods.ShouldHaveSingleItem().Gateway.ShouldBe(Stripe);
        Spec(Begun, Attached, Default(1)).When(Attach(1)).ThenNothing();
        Spec(Begun, Attached, Default(1), Detached(1)).When(Attach(1)).ThenNothing(); // it does not come back
        Spec(Begun, Attached, Default(1)).When(wallet => wallet.FailSetup(Setup(1), "canceled", Now)).ThenNothing();
    }

    [Fact]
    public void The_same_method_through_two_setups_is_one()
    {
        var done = new PaymentMethodSetupDone(Account, Carla, Setup(2), Method(1), Now);
        var wallet = Spec(Begun, Attached, Default(1), Begin(2)).When(wallet => wallet.Attach(Setup(2), Method(1), SavedMethodType.Card, Visa, Now)).Then(done);
        wallet.Methods.ShouldHaveSingleItem();
        (wallet.Get(Setup(2)).State, wallet.Get(Setup(2)).Method).ShouldBe((MethodSetupState.Done, Method(1)));
        wallet.Attach(Setup(2), Method(1), SavedMethodType.Card, Visa, Now).ShouldBeEmpty();

        var full = Fold(Given(Wallet.MaxMethods - 1), Begin(90));
        full = Fold(full, full.PreferCash(Method(99), Now));
        full.HasPlaceFor(Method(90)).ShouldBeFalse();
        full.HasPlaceFor(Method(1)).ShouldBeTrue();
        full.Attach(Setup(90), Method(1), SavedMethodType.Card, Visa, Now).ShouldBe([done with { SetupId = Setup(90) }]);
    }

    [Fact]
    public void What_is_open_is_not_forgotten_and_what_is_settled_is_some_day()
    {
        var wallet = Enumerable.Range(2, 60).Aggregate(Fold(New(), Begin(1)), (wallet, i) => Fold(wallet, Begin(i), Failed with { SetupId = Setup(i) }));
        wallet.Get(Setup(1)).State.ShouldBe(MethodSetupState.Open);
        wallet.Setups.Length.ShouldBe(50);
        wallet.Setups.ShouldNotContain(setup => setup.Id == Setup(2));
    }

    [Fact]
    public void A_setup_that_failed_attaches_nothing_and_one_of_somebody_else_is_none()
    {
        Spec(Begun).When(wallet => wallet.FailSetup(Setup(1), "card_declined", Now)).Then(Failed);
        Spec(Begun, Failed).When(wallet => wallet.FailSetup(Setup(1), "expired", Now)).ThenNothing();
        Spec(Begun, Failed).When(Attach(1)).ThenNothing();
        Spec(Begun).When(Attach(2)).ThenRejected("not_found");
        Spec(Begun).When(wallet => wallet.FailSetup(Setup(2), "expired", Now)).ThenRejected("not_found");
    }

    [Fact]
    public void The_first_is_the_default_and_after_the_default_the_one_that_was_attached_last()
    {
        var three = Given(3);
        three.Default.ShouldBe(Method(1));
        three.SetDefault(Method(1), Now).ShouldBeEmpty();
        three.SetDefault(Method(2), Now).ShouldBe([Default(2)]);
        three.Detach(Method(2), Now).ShouldBe([Detached(2)]);
        three.Detach(Method(1), Now).ShouldBe([Detached(1), Default(3)]);
        Given(1).Detach(Method(1), Now).ShouldBe([Detached(1)]);
        Fold(Given(1), Given(1).Detach(Method(1), Now)).Default.ShouldBeNull();
        Should.Throw<DomainException>(() => three.SetDefault(Method(4), Now)).Error.Code.ShouldBe("not_found");
        Should.Throw<DomainException>(() => three.Detach(Method(4), Now)).Error.Code.ShouldBe("not_found");
    }

    [Fact]
    public void There_is_an_end_to_methods_and_to_setups()
    {
        var full = Given(Wallet.MaxMethods);
        Should.Throw<DomainException>(() => full.BeginSetup(Setup(99), Stripe, Now)).Error.Code.ShouldBe("too_many_payment_methods");
        Should.Throw<DomainException>(() => full.PreferCash(Method(99), Now)).Error.Code.ShouldBe("too_many_payment_methods");
        var late = Fold(Given(Wallet.MaxMethods - 1), Begin(90), Begin(91));
        late = Fold(late, late.Attach(Setup(90), Method(90), SavedMethodType.Card, Visa, Now));
        late.Attach(Setup(91), Method(91), SavedMethodType.Card, Visa, Now).ShouldBe([new PaymentMethodSetupFailed(Account, Carla, Setup(91), "too_many_payment_methods", Now)]);

        var many = Enumerable.Range(1, Wallet.MaxOpenSetups).Aggregate(New(), (wallet, i) => Fold(wallet, Begin(i)));
        Should.Throw<DomainException>(() => many.BeginSetup(Setup(99), Stripe, Now)).Error.Code.ShouldBe("too_many_payment_method_setups");
        Fold(many, Failed).BeginSetup(Setup(99), Stripe, Now).ShouldBe([Begin(99)]);
        many.BeginSetup(Setup(99), Stripe, Now + Wallet.SetupLifetime).ShouldHaveSingleItem(); // nobody can ask the gateway what became of them
    }

    [Fact]
    public void Cash_is_preferred_once()
    {
        Spec().WhenNew(() => New().PreferCash(Method(9), Now)).Then(Cash, Default(9));
        Spec(Cash, Default(9)).When(wallet => wallet.PreferCash(Method(8), Now)).ThenNothing();
    }

    [Fact]
    public void A_card_that_the_bank_replaced_goes_on()
    {
        Spec(Begun, Attached).When(wallet => wallet.Renew(Method(1), Renewed.Card, Now)).Then(Renewed).Find(Method(1))!.Card.ShouldBe(Renewed.Card);
        Spec(Begun, Attached, Renewed).When(wallet => wallet.Renew(Method(1), Renewed.Card, Now)).ThenNothing();
        Spec(Begun, Attached, Detached(1)).When(wallet => wallet.Renew(Method(1), Renewed.Card, Now)).ThenNothing();
        Spec(Cash).When(wallet => wallet.Renew(Method(9), Renewed.Card, Now)).ThenNothing();
    }

    [Fact]
    public void Nothing_is_left_in_a_closed_account()
    {
        var closed = Fold(Given(2), Begin(7));
        closed.Close(Now).ShouldBe([Detached(1), Detached(2), new PaymentMethodSetupFailed(Account, Carla, Setup(7), "account_closed", Now)]);
        closed = Fold(closed, closed.Close(Now));
        closed.Close(Now).ShouldBeEmpty();
        (closed.Methods.Length, closed.Default, closed.Gateways.ShouldHaveSingleItem()).ShouldBe((0, null, Stripe));
        closed.Attach(Setup(7), Method(7), SavedMethodType.Card, Visa, Now).ShouldBeEmpty();
    }

    [Fact]
    public void An_order_is_paid_with_what_is_there_and_good_and_meant()
    {
        var wallet = Fold(Given(1), Cash);
        wallet.Choose(Method(1), PaymentMethod.Card, Now).Card.ShouldBe(Visa);
        wallet.Choose(Method(9), PaymentMethod.Cash, Now).Type.ShouldBe(SavedMethodType.Cash);
        Refused(Method(2), PaymentMethod.Card, Now).ShouldBe(("payment_method_unknown", "/payment_method_id"));
        Refused(Method(1), PaymentMethod.Cash, Now).Code.ShouldBe("payment_method_mismatch");
        Refused(Method(9), PaymentMethod.Card, Now).Code.ShouldBe("payment_method_mismatch");
        wallet.Choose(Method(1), PaymentMethod.Card, new(2030, 12, 31, 23, 59, 59, TimeSpan.Zero));
        Refused(Method(1), PaymentMethod.Card, new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)).Code.ShouldBe("payment_method_expired");

        (string Code, string? Place) Refused(PaymentMethodId id, PaymentMethod paid, DateTimeOffset now)
        {
            var error = Should.Throw<DomainException>(() => wallet.Choose(id, paid, now)).Error;
            return (error.Code, error.Place);
        }
    }

    [Fact]
    public void What_a_gateway_calls_a_method_cannot_be_read_from_its_id()
    {
        PaymentMethodId.Of("stripe", "pm_1").ShouldBe(PaymentMethodId.Of("stripe", "pm_1"));
        PaymentMethodId.Of("stripe", "pm_1").ShouldNotBe(PaymentMethodId.Of("sandbox", "pm_1"));
        Given(1).ToString().ShouldNotContain("4242");
    }

    private static Spec<Wallet, WalletEvent> Spec(params WalletEvent[] events) => new Spec<Wallet, WalletEvent>().Given(events);

    private static Wallet New() => Wallet.Empty(Account, Carla);

    private static Wallet Fold(Wallet wallet, params WalletEvent[] events) => events.Aggregate(wallet, Wallet.Evolve);

    /// <summary>So many cards, the first being the default.</summary>
    private static Wallet Given(int count) => Enumerable.Range(1, count).Aggregate(New(), (wallet, i) =>
    {
        wallet = Fold(wallet, Begin(i));
        return Fold(wallet, wallet.Attach(Setup(i), Method(i), SavedMethodType.Card, Visa, Now));
    });

    private static Func<Wallet, WalletEvent[]> Attach(int number) => wallet => wallet.Attach(Setup(number), Method(number), SavedMethodType.Card, Visa, Now);

    private static PaymentMethodSetupBegun Begin(int number) => Begun with { SetupId = Setup(number) };

    private static DefaultPaymentMethodSet Default(int number) => new(Account, Carla, Method(number), Now);

    private static PaymentMethodDetached Detached(int number) => new(Account, Carla, Method(number), Now);

    private static MethodSetupId Setup(int number) => new(Uuid.Named("setup", $"{number}"));

    private static PaymentMethodId Method(int number) => new(Uuid.Named("method", $"{number}"));
}
