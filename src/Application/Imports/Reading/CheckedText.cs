using System.Security.Cryptography;
using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.Imports.Reading;

/// <summary>A file as it comes in: counted, hashed, and known to be text in UTF-8 before anybody reads it. A mark at its beginning is no part of it.</summary>
internal sealed class CheckedText(Stream source) : IDisposable
{
    private const int AtOnce = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Decoder decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly byte[] bytes = new byte[AtOnce];
    private readonly char[] chars = new char[AtOnce + 2]; // with what the decoder had left
    private long line = 1;
    private int length;
    private int at;

    public long Bytes { get; private set; }

    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>The next character, or -1 at the end. Errors: import_file_not_text, import_file_not_utf8 (400).</summary>
    public ValueTask<int> Next(CancellationToken cancellationToken) => at < length ? new(chars[at++]) : More(cancellationToken);

    public void Dispose() => hash.Dispose();

    private async ValueTask<int> More(CancellationToken cancellationToken)
    {
        int read;
        do
        {
            read = await source.ReadAsync(bytes, cancellationToken);
            hash.AppendData(bytes, 0, read);
            (length, at) = (Decode(bytes.AsSpan(0, read)), 0);
            at = Bytes == 0 && length > 0 && chars[0] == '\uFEFF' ? 1 : 0;
            Bytes += read;
        }
        while (read > 0 && at == length);
        return at < length ? chars[at++] : -1;
    }

    private int Decode(ReadOnlySpan<byte> read)
    {
        if (read.IndexOf((byte)0) is >= 0 and var nul)
        {
            throw new DomainException(ImportFileErrors.NotText(line + read[..nul].Count((byte)'\n')));
        }

        try
        {
            var decoded = decoder.GetChars(read, chars, flush: read.IsEmpty);
            line += read.Count((byte)'\n');
            return decoded;
        }
        catch (DecoderFallbackException e)
        {
            throw new DomainException(ImportFileErrors.NotUtf8(line + read[..Math.Clamp(e.Index, 0, read.Length)].Count((byte)'\n')));
        }
    }
}
