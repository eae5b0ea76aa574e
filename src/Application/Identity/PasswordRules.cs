using FluentValidation;
using FluentValidation.Results;

namespace Mainstreet.Application.Identity;

internal static class PasswordRules
{
    /// <summary>What <see cref="PasswordPolicy"/> asks of a new password.</summary>
    public static void IsNewPassword<T>(this IRuleBuilderInitial<T, string> rule) => rule.Custom((password, context) =>
    {
        if (PasswordPolicy.Check(password) is { } error)
        {
            context.AddFailure(new ValidationFailure(context.PropertyPath, error.Message) { ErrorCode = error.Code });
        }
    });
}
