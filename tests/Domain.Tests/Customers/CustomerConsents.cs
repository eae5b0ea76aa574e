using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Tests.Customers;

public class CustomerConsents
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = new(Uuid.Named("account"));
    private static readonly CustomerId Carla = new(Uuid.Named("carla"));
    private static readonly CustomerRegistered Registered = new(Account, Carla, "carla@example.com", "Carla Berg", null, null, Now);

    private static readonly CustomerConsentChanged Given =
        new(Account, Carla, ConsentPurpose.Marketing, NotificationChannel.Email, Given: true, "newsletter-2026-03", ConsentSource.Profile, null, Now);

    internal static CustomerConsentChanged ByStaff { get; } = Given with { Source = ConsentSource.Staff, Note = "At the counter" };

    internal static CustomerConsentChanged Withdrawn { get; } = Given with { Given = false, Wording = null };

    [Fact]
    public void Nobody_agrees_who_has_not_said_so() => When([Mail(given: false)]).ThenNothing();

    [Fact]
    public void What_is_given_is_given_once_for_each_wording()
    {
        When([Mail()]).Then(Given);
        When([Mail()], Given).ThenNothing();
        When([Mail(wording: null)], Given).ThenNothing();
        When([Mail(wording: "newsletter-2027")], Given).Then(Given with { Wording = "newsletter-2027" });
        When([Mail(), Sms()], Given).Then(Given with { Channel = NotificationChannel.Sms, Wording = null });
        When([Mail(wording: null)]).Then(Given with { Wording = null });
        When([Mail()], Given with { Wording = null }).Then(Given);
    }

    [Fact]
    public void What_is_withdrawn_can_be_given_again()
    {
        When([Mail(given: false)], Given).Then(Withdrawn);
        When([Mail(given: false)], Given, Withdrawn).ThenNothing();
        When([Mail()], Given, Withdrawn).Then(Given);
    }

    [Fact]
    public void What_is_not_named_stays() =>
        When([Sms()], Given).Then(Given with { Channel = NotificationChannel.Sms, Wording = null }).Consents!.Select(consent => (consent.Channel, consent.Given))
            .ShouldBe([(NotificationChannel.Email, true), (NotificationChannel.Sms, true)]);

    [Fact]
    public void Another_number_is_agreed_to_again()
    {
        var sms = Given with { Channel = NotificationChannel.Sms, Wording = null };
        Specified(Given, sms).When(account => account.ChangeProfile("Carla Berg", "+49 30 111", null, Now))
            .Then(new CustomerProfileChanged(Account, Carla, "Carla Berg", "+49 30 111", null, Now), sms with { Given = false });
        Specified(Given, sms).When(account => account.ChangeProfile("Carla Bergmann", null, null, Now)).Then(new CustomerProfileChanged(Account, Carla, "Carla Bergmann", null, null, Now));
    }

    [Fact]
    public void Nobody_agrees_in_the_name_of_an_address_that_is_not_theirs()
    {
        var unverified = new Spec<CustomerAccount, CustomerAccountEvent>().Given(Registered);
        unverified.When(account => account.ChooseConsents([Mail()], ConsentSource.Profile, null, Now)).ThenRejected("email_not_verified");
        unverified.When(account => account.ChooseConsents([Mail(given: false)], ConsentSource.Profile, null, Now)).ThenNothing();
        unverified.When(account => account.ChooseConsents([Mail()], ConsentSource.Staff, "At the counter", Now)).Then(ByStaff);
    }

    [Fact]
    public void Staff_say_where_they_were_told()
    {
        Told("At the counter").Then(ByStaff);
        Told(null).ThenRejected("consent_note_invalid");
        Told(" ").ThenRejected("consent_note_invalid");
        Told(new string('x', 201)).ThenRejected("consent_note_invalid");
        Told("At the counter", Given).ThenNothing();
        Told(null, Given).ThenRejected("consent_note_invalid");
    }

    [Fact]
    public void Each_is_named_once_and_a_wording_has_a_name()
    {
        When([Mail(), Mail(given: false)]).ThenRejected("consents_invalid");
        When([Mail(wording: "")]).ThenRejected("wording_invalid");
        When([Mail(wording: new string('x', 101))]).ThenRejected("wording_invalid");
    }

    private static Consent Mail(bool given = true, string? wording = "newsletter-2026-03") => new(ConsentPurpose.Marketing, NotificationChannel.Email, given, wording);

    private static Consent Sms() => new(ConsentPurpose.Marketing, NotificationChannel.Sms, Given: true, Wording: null);

    private static Spec<CustomerAccount, CustomerAccountEvent> When(Consent[] choices, params CustomerAccountEvent[] before) =>
        Specified(before).When(account => account.ChooseConsents(choices, ConsentSource.Profile, null, Now));

    private static Spec<CustomerAccount, CustomerAccountEvent> Told(string? note, params CustomerAccountEvent[] before) =>
        Specified(before).When(account => account.ChooseConsents([Mail()], ConsentSource.Staff, note, Now));

    private static Spec<CustomerAccount, CustomerAccountEvent> Specified(params CustomerAccountEvent[] before) =>
        new Spec<CustomerAccount, CustomerAccountEvent>().Given([Registered, new CustomerEmailVerified(Account, Carla, Now), .. before]);
}
