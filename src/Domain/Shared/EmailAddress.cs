using System.Text.RegularExpressions;

namespace Mainstreet.Domain;

/// <summary>E-mail addresses as this product compares and accepts them. Requirements IAM-01, CAT-07.</summary>
public static partial class EmailAddress
{
    public static readonly DomainError Malformed = new("email_invalid", "This is not an e-mail address.", ErrorKind.Invalid);

    /// <summary>The form in which addresses are unique: trimmed and in lower case.</summary>
    /// <exception cref="DomainException"><c>email_invalid</c></exception>
    public static string Normalize(string? email)
    {
        var normalized = email?.Trim().ToLowerInvariant();
        return normalized is not null && IsWellFormed(normalized) ? normalized : throw new DomainException(Malformed);
    }

    /// <summary>One @ between a name and a domain with a dot, no white space, at most 254 characters. Only a mail that arrives proves more.</summary>
    public static bool IsWellFormed(string? email) => email is { Length: <= 254 } && Format().IsMatch(email);

    [GeneratedRegex(@"\A[^\s@<>(),;:""\\\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}])\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();
}
