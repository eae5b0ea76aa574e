using System.Text;
using Mainstreet.Application.Pos;

namespace Mainstreet.Api.Pos;

/// <summary>A receipt as the bytes that thermal printers understand: ESC/POS, in code page 858. Whatever the page has not is a question mark.</summary>
internal sealed class EscPos
{
    public const string MediaType = "application/vnd.escpos";
    public const int DefaultColumns = 42; // of 80 mm paper; 32 of 58 mm

    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;

    private static readonly Encoding page = CodePagesEncodingProvider.Instance.GetEncoding(858, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;

    private readonly List<byte> bytes = [];
    private readonly int columns;

    private EscPos(int columns) => this.columns = columns;

    public static byte[] Of(Receipt receipt, int columns)
    {
        var print = new EscPos(columns);
        print.Write(Esc, (byte)'@', Esc, (byte)'t', 19); // begin anew, in code page 858
        foreach (var line in receipt.Lines)
        {
            print.Line(line);
        }

        print.Write(Esc, (byte)'d', 4, Gs, (byte)'V', 66, 0); // feed and cut
        return [.. print.bytes];
    }

    private void Line(ReceiptLine line)
    {
        switch (line.Style)
        {
            case ReceiptStyle.Title:
                Write(Esc, (byte)'a', 1, Gs, (byte)'!', 0x11); // centred, twice as large
                Text(line, columns / 2);
                Write(Gs, (byte)'!', 0, Esc, (byte)'a', 0);
                break;
            case ReceiptStyle.Strong:
                Write(Esc, (byte)'E', 1);
                Text(line, columns);
                Write(Esc, (byte)'E', 0);
                break;
            case ReceiptStyle.Plain:
                Text(line, columns);
                break;
            case ReceiptStyle.Rule:
                Text(line with { Text = new string('-', columns) }, columns);
                break;
            case ReceiptStyle.Code:
                Code(line.Text);
                break;
        }
    }

    /// <summary>Long texts go on in the next line; the amount stands at the end of the last one.</summary>
    private void Text(ReceiptLine line, int width)
    {
        var (text, amount) = (Printable(line.Text), Printable(line.Amount ?? ""));
        while (text.Length > width || (amount.Length > 0 && text.Length + 1 + amount.Length > width && text.Length > 0))
        {
            var part = Math.Min(width, text.Length);
            Put(text[..part]);
            text = text[part..];
        }

        Put(amount.Length == 0 ? text : text + amount.PadLeft(Math.Max(0, width - text.Length)));
    }

    /// <summary>The printer draws the code by itself.</summary>
    private void Code(string text)
    {
        var data = page.GetBytes(text);
        Write(Esc, (byte)'a', 1);
        Symbol([49, 65, 50, 0]); // model 2
        Symbol([49, 67, 6]); // dots of a module
        Symbol([49, 69, 49]); // correction M
        Symbol([49, 80, 48, .. data]);
        Symbol([49, 81, 48]); // print
        Write(Esc, (byte)'a', 0);
    }

    private void Symbol(byte[] parameters) => Write([Gs, (byte)'(', (byte)'k', (byte)(parameters.Length % 256), (byte)(parameters.Length / 256), .. parameters]);

    private void Put(string text) => Write([.. page.GetBytes(text), (byte)'\n']);

    private void Write(params byte[] command) => bytes.AddRange(command);

    /// <summary>Names and notes are text: none of them commands the printer, or opens its drawer.</summary>
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
