using Mainstreet.Application;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Security;

/// <summary>The framework's hasher: PBKDF2 with HMAC-SHA512, a random salt and its parameters in every hash.</summary>
internal sealed class Passwords : IPasswords
{
    /// <summary>What OWASP advises for PBKDF2 with HMAC-SHA512. Older hashes verify with the count they carry.</summary>
    private const int Iterations = 210_000;

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> unknownUser;

    public Passwords() => unknownUser = new(() => Hash(Guid.NewGuid().ToString()));

    public string Hash(string password) => hasher.HashPassword(NoUser, password);

    public bool Verify(string? hash, string password)
    {
        // Too long to have ever been set. Cut, because hashing megabytes is work that a caller could order for free.
        var tooLong = PasswordPolicy.Check(password)?.Code == "password_too_long";
        var verified = hasher.VerifyHashedPassword(NoUser, hash ?? unknownUser.Value, tooLong ? "" : password);
        return hash is not null && !tooLong && verified is not PasswordVerificationResult.Failed;
    }
}
