using Mainstreet.Application;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Security;

/// <summary>The framework's hasher: PBKDF2 with HMAC-SHA512, a random salt and its parameters in every hash.</summary>
internal sealed class Passwords : IPasswords, IDisposable
{
    /// <summary>What OWASP advises for PBKDF2 with HMAC-SHA512. Older hashes verify with the count they carry.</summary>
    private const int Iterations = 210_000;

    private const int MostWaiting = 200;

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> unknownUser;

    /// <summary>Half of the cores at most: whoever tries passwords by the thousand slows down others who sign in, and nobody else.</summary>
    private readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int waiting;

    public Passwords() => unknownUser = new(() => hasher.HashPassword(NoUser, Guid.NewGuid().ToString()));

    public Task<string> Hash(string password, CancellationToken cancellationToken) => InTurn(() => hasher.HashPassword(NoUser, password), cancellationToken);

    public Task<bool> Verify(string? hash, string password, CancellationToken cancellationToken) => InTurn(() => Verify(hash, password), cancellationToken);

    public void Dispose() => places.Dispose();

    private bool Verify(string? hash, string password)
    {
        // Too long to have ever been set. Cut, because hashing megabytes is work that a caller could order for free.
        var tooLong = PasswordPolicy.Check(password)?.Code == "password_too_long";
        var verified = hasher.VerifyHashedPassword(NoUser, hash ?? unknownUser.Value, tooLong ? "" : password);
        return hash is not null && !tooLong && verified is not PasswordVerificationResult.Failed;
    }

    private async Task<T> InTurn<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
            {
                throw new UnavailableException("sign_in_overloaded", "Too many sign in at once; try again.", TimeSpan.FromSeconds(5));
            }

            await places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            return work();
        }
        finally
        {
            places.Release();
        }
    }
}
