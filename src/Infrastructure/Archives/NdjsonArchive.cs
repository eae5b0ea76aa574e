using System.Security.Cryptography;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// A log as lines of JSON: a header, its events, an end. Header and events close with a check of their own line, by which a damaged line is
/// found; the end has the SHA-256 of all lines before it. Several archives may follow one another, each beginning where the last ended.
/// The same stretch of a log is always the same bytes.
/// </summary>
internal static class NdjsonArchive
{
    public const string Format = "mainstreet.log";

    public const int FormatVersion = 1;

    public const string MediaType = "application/x-ndjson";

    private static ReadOnlySpan<byte> CheckMember => ",\"check\":\""u8;

    private const int CheckDigits = 8;

    public static int CheckLength => CheckMember.Length + CheckDigits + 2;

    /// <summary>Closes a line, whose closing brace is left out, with its check.</summary>
    public static void Close(ReadOnlySpan<byte> line, Span<byte> closing)
    {
        CheckMember.CopyTo(closing);
        Digits(line, closing[CheckMember.Length..]);
        "\"}"u8.CopyTo(closing[^2..]);
    }

    /// <summary>Whether a line is as it was when it was closed.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= CheckLength)
        {
            return false;
        }

        Span<byte> closing = stackalloc byte[CheckLength];
        Close(line[..^CheckLength], closing);
        return line.EndsWith(closing);
    }

    private static void Digits(ReadOnlySpan<byte> line, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        Convert.TryToHexStringLower(hash[..(CheckDigits / 2)], digits[..CheckDigits], out _);
    }
}

/// <param name="After">The events follow those up to this position ...</param>
/// <param name="UpTo">... and end with this one.</param>
internal sealed record ArchiveHeader(string Format, int FormatVersion, TenantId TenantId, BusinessMode Mode, long After, long UpTo, long Events);

/// <param name="Sha256">Of the lines before, with their line ends.</param>
internal sealed record ArchiveEnd(long Events, string Sha256);
