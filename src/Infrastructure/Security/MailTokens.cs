using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Security;

/// <summary>The section <c>Accounts</c> of the configuration.</summary>
internal sealed class AccountOptions
{
    /// <summary>Where the app is that people sign in with: mails link to its pages reset-password, verify-email and accept-invitation. Without it they show the code alone.</summary>
    public Uri? AppUrl { get; set; }
}

/// <summary>"msm_" and in base64url: the user or invitation, the end in Unix seconds, and HMAC-SHA256 of both, of the purpose, of the tenant and of the state.</summary>
internal sealed class MailTokens(InstallationKeys keys, IOptions<AccountOptions> options) : IMailTokens
{
    private const string Prefix = "msm_";
    private const int IdSize = 16;
    private const int BodySize = IdSize + sizeof(long);
    private const int Size = BodySize + HMACSHA256.HashSizeInBytes;

    public string Issue(MailPurpose purpose, TenantId tenant, Guid subject, string state, DateTimeOffset until)
    {
        Span<byte> token = stackalloc byte[Size];
        subject.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[IdSize..], until.ToUnixTimeSeconds());
        Proof(purpose, tenant, token[..BodySize], state).CopyTo(token[BodySize..]);
        return Prefix + Base64Url.EncodeToString(token);
    }

    /// <summary>Behind the #, so that it gets into no server's log.</summary>
    public string Shown(MailPurpose purpose, string token) => options.Value.AppUrl is { } app
        ? $"{app.ToString().TrimEnd('/')}/{Page(purpose)}#token={token}"
        : token;

    public Guid? SubjectOf(string token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return Read(token, bytes) ? new Guid(bytes[..IdSize], bigEndian: true) : null;
    }

    public bool IsGood(MailPurpose purpose, TenantId tenant, string token, string state, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return Read(token, bytes)
            && CryptographicOperations.FixedTimeEquals(Proof(purpose, tenant, bytes[..BodySize], state), bytes[BodySize..])
            && BinaryPrimitives.ReadInt64BigEndian(bytes[IdSize..]) > now.ToUnixTimeSeconds();
    }

    private static string Page(MailPurpose purpose) => purpose switch
    {
        MailPurpose.PasswordReset => "reset-password",
        MailPurpose.EmailVerification => "verify-email",
        MailPurpose.Invitation => "accept-invitation",
        MailPurpose.DriverApplication => "driver-application",
    };

    private static bool Read(string text, Span<byte> bytes) =>
        text.Length == Prefix.Length + Base64Url.GetEncodedLength(Size) && text.StartsWith(Prefix, StringComparison.Ordinal)
        && Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _, out var length) is OperationStatus.Done && length == Size;

    private byte[] Proof(MailPurpose purpose, TenantId tenant, ReadOnlySpan<byte> body, string state) =>
        HMACSHA256.HashData(keys.Mails, Encoding.UTF8.GetBytes($"{purpose}\n{tenant}\n{Convert.ToHexString(body)}\n{state}"));
}
