using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What somebody guesses at.</summary>
public enum Guess
{
    /// <summary>A password, or whether there is an account.</summary>
    Password,
    Pin,

    /// <summary>Not a secret, but somebody's patience: mails that anybody can have sent.</summary>
    Mail,

    /// <summary>A mail to an address that may be another one's, once: it is not the address that is counted, but who registers many.</summary>
    Registration,
}

/// <summary>
/// Counts guesses at secrets, exactly, across all processes: an attempt is reserved before the secret is looked at. So whoever
/// sends hundreds at once has no more of them looked at than whoever sends one after the other.
/// </summary>
public interface IAttempts
{
    /// <summary>Errors: <see cref="TooManyAttemptsException"/> (429).</summary>
    /// <param name="subject">Whose secret: an address, known or not, or an id.</param>
    /// <param name="account">The account, where there is one: who has signed in to it from this network is not held up by others' guesses.</param>
    Task<IAttempt> Reserve(Guess guess, string subject, UserId? account, Client client, CancellationToken cancellationToken);

    /// <summary>Whoever guessed before has proved otherwise who they are: their guesses at this subject are not counted any more.</summary>
    Task Forget(Guess guess, string subject, Client client, CancellationToken cancellationToken);
}

/// <summary>One attempt that has been counted as wrong.</summary>
public interface IAttempt
{
    /// <summary>The secret was right.</summary>
    Task Succeeded(CancellationToken cancellationToken);
}

/// <summary>Too many guesses: HTTP answers 429 with <c>Retry-After</c>.</summary>
public sealed class TooManyAttemptsException(TimeSpan retryAfter) : Exception("Too many attempts; try again later.")
{
    public const string Code = "too_many_attempts";

    public TimeSpan RetryAfter { get; } = retryAfter;
}
