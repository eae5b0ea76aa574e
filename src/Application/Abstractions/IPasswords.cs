using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>
/// Hashes passwords slowly and with a salt, so that a stolen table does not give them away. Few are hashed at once, because each takes
/// a core for a while. Errors: sign_in_overloaded (503) when too many wait.
/// </summary>
public interface IPasswords
{
    /// <summary>The text to store; another one every time.</summary>
    Task<string> Hash(string password, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the password is the one hashed. A null <paramref name="hash"/> stands for an unknown user: it takes the same work
    /// and is false, so that the time of an answer does not tell who has an account.
    /// </summary>
    Task<bool> Verify(string? hash, string password, CancellationToken cancellationToken);
}

/// <summary>What a new password must be. Length is what counts; no rules on characters (NIST SP 800-63B).</summary>
public static class PasswordPolicy
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    /// <summary>The error (<c>password_too_short</c>, <c>password_too_long</c>), or null. A character outside the basic plane counts once.</summary>
    public static DomainError? Check(string password) => password.EnumerateRunes().Count() switch
    {
        < MinLength => new("password_too_short", $"A password has at least {MinLength} characters.", ErrorKind.Invalid),
        > MaxLength => new("password_too_long", $"A password has at most {MaxLength} characters.", ErrorKind.Invalid),
        _ => null,
    };
}
