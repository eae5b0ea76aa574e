using Mainstreet.Domain.Identity;
using static Mainstreet.Domain.Tests.Identity.IdentitySamples;

namespace Mainstreet.Domain.Tests.Identity;

public class Users
{
    [Fact]
    public void Register_with_a_normalised_address() =>
        Register(" Anna@Example.com ").Then(Registered).Active.ShouldBeTrue();

    [Fact]
    public void Register_with_valid_data_only()
    {
        Register("anna").ThenRejected("email_invalid");
        Register("anna@example.com", name: " ").ThenRejected("full_name_invalid");
        Register("anna@example.com", phone: new string('1', 41)).ThenRejected("phone_invalid");
    }

    [Fact]
    public void Change_their_password_until_deactivated()
    {
        When(u => u.ChangePassword("hash-2", Now), Registered).Then(new UserPasswordChanged(Anna, "hash-2", Now)).PasswordHash.ShouldBe("hash-2");
        When(u => u.ChangePassword("hash-1", Now), Registered).ThenNothing();
        When(u => u.ChangePassword("hash-2", Now), Registered, new UserDeactivated(Anna, Now)).ThenRejected("user_deactivated");
    }

    [Fact]
    public void Are_deactivated_once()
    {
        When(u => u.Deactivate(Now), Registered).Then(new UserDeactivated(Anna, Now)).Active.ShouldBeFalse();
        When(u => u.Deactivate(Now), Registered, new UserDeactivated(Anna, Now)).ThenNothing();
    }

    [Fact]
    public void Verify_their_address_once()
    {
        When(u => u.VerifyEmail(Now), Registered).Then(new UserEmailVerified(Anna, Now)).EmailVerified.ShouldBeTrue();
        When(u => u.VerifyEmail(Now), Registered, new UserEmailVerified(Anna, Now)).ThenNothing();
    }

    [Fact]
    public void Choose_a_pin_until_deactivated()
    {
        When(u => u.SetPin("sealed-1", Now), Registered).Then(new UserPinSet(Anna, "sealed-1", Now)).SealedPin.ShouldBe("sealed-1");
        When(u => u.SetPin("sealed-1", Now), Registered, new UserDeactivated(Anna, Now)).ThenRejected("user_deactivated");
    }

    [Theory]
    [InlineData("482913", null)]
    [InlineData("112358", null)]
    [InlineData("000000", "pin_weak")]
    [InlineData("123456", "pin_weak")]
    [InlineData("789012", "pin_weak")]
    [InlineData("654321", "pin_weak")]
    [InlineData("343434", "pin_weak")]
    [InlineData("123123", "pin_weak")]
    [InlineData("12345", "pin_malformed")]
    [InlineData("4829130", "pin_malformed")]
    [InlineData("48291٣", "pin_malformed")]
    public void Choose_a_pin_that_is_not_the_first_to_be_tried(string pin, string? code) => (Pin.Check(pin)?.Code).ShouldBe(code);

    [Fact]
    public void Leave_neither_name_nor_hash_in_a_message() => User.Evolve(null, Registered).ToString().ShouldBe($"User {Anna}");

    private static Spec<User, UserEvent> Register(string email, string name = "Anna Lind", string phone = "+46 70 123") =>
        new Spec<User, UserEvent>().WhenNew(() => User.Register(Anna, email, name, phone, "hash-1", Now));

    private static Spec<User, UserEvent> When(Func<User, UserEvent[]> decide, params UserEvent[] given) =>
        new Spec<User, UserEvent>().Given(given).When(decide);
}
