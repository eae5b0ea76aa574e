using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>The text of a CSV file and how it was encoded.</summary>
internal sealed record CsvText(string Text, string DetectedEncoding)
{
    public const string Utf8 = "utf-8";
    public const string Utf8WithBom = "utf-8-bom";
    public const string Windows1252 = "windows-1252";

    /// <summary>
    /// Reads UTF-8. Bytes that are not UTF-8 come from a spreadsheet's "CSV" and are read as Windows-1252,
    /// which is Latin-1 with the euro sign and curly quotes: every byte has a meaning there.
    /// </summary>
    public static CsvText Decode(ReadOnlySpan<byte> bytes)
    {
        var hasBom = bytes.StartsWith(Encoding.UTF8.Preamble);
        var content = hasBom ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var decoded = System.Text.Unicode.Utf8.IsValid(content)
            ? new CsvText(Encoding.UTF8.GetString(content), hasBom ? Utf8WithBom : Utf8)
            : new CsvText(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content), Windows1252);
        return decoded.Text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var at
            ? throw new DomainException(CatalogImportErrors.NulByte(LineAt(decoded.Text, at)))
            : decoded;
    }

    private static int LineAt(string text, int position)
    {
        var line = 1;
        for (var i = 0; i < position; i++)
        {
            line += text[i] is '\n' || (text[i] is '\r' && text[i + 1] is not '\n') ? 1 : 0;
        }

        return line;
    }
}
