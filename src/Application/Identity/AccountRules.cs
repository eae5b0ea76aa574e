using FluentValidation;
using FluentValidation.Results;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>What is asked of the addresses, passwords and PINs of accounts, whoever has them.</summary>
internal static class AccountRules
{
    public static void IsEmailAddress<T>(this IRuleBuilder<T, string> rule) =>
        rule.Passes(email => EmailAddress.IsWellFormed(email.Trim()) ? null : EmailAddress.Malformed);

    /// <summary>What <see cref="PasswordPolicy"/> asks of a new password.</summary>
    public static void IsNewPassword<T>(this IRuleBuilder<T, string> rule) => rule.Passes(PasswordPolicy.Check);

    public static void IsPin<T>(this IRuleBuilder<T, string> rule) => rule.Passes(Pin.Check);

    private static void Passes<T>(this IRuleBuilder<T, string> rule, Func<string, DomainError?> check) => rule.Custom((text, context) =>
    {
        if (check(text) is { } error)
        {
            context.AddFailure(new ValidationFailure(context.PropertyPath, error.Message) { ErrorCode = error.Code });
        }
    });
}
