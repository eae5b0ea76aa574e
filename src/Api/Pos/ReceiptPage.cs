using System.Text;
using System.Text.Encodings.Web;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using QRCoder;

namespace Mainstreet.Api.Pos;

/// <summary>A receipt to print from a browser: one page of 80 mm, which asks nobody for anything.</summary>
internal static class ReceiptPage
{
    /// <summary>What the page may do: nothing but look like this.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private const string Style =
        "@page{size:80mm auto;margin:4mm}body{font:12px/1.4 monospace;max-width:72mm;margin:0 auto}div{display:flex;justify-content:space-between;gap:1em;white-space:pre-wrap}"
        + "h1{font-size:18px;text-align:center;margin:0 0 .5em}hr{border:0;border-top:1px dashed}svg{display:block;width:30mm;margin:1em auto 0}";

    public static string Of(Receipt receipt)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").Append(receipt.Language).Append(Languages.IsRightToLeft(receipt.Language) ? "\" dir=\"rtl" : "")
            .Append("\"><head><meta charset=\"utf-8\"><title>").Append(Text(receipt.Number))
            .Append("</title><style>").Append(Style).Append("</style></head><body>\n");
        foreach (var line in receipt.Lines)
        {
            page.Append(line.Style switch
            {
                ReceiptStyle.Title => $"<h1 dir=\"auto\">{Text(line.Text)}</h1>",
                ReceiptStyle.Plain => Row(line),
                ReceiptStyle.Strong => $"<b>{Row(line)}</b>",
                ReceiptStyle.Rule => "<hr>",
                ReceiptStyle.Code => Code(line.Text),
            }).Append('\n');
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Row(ReceiptLine line) => $"<div><span dir=\"auto\">{Text(line.Text)}</span><span dir=\"ltr\">{Text(line.Amount ?? "")}</span></div>";

    private static string Code(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (modules, path) = (code.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules[y].Length; x++)
            {
                if (modules[y][x])
                {
                    path.Append('M').Append(x).Append(' ').Append(y).Append("h1v1h-1z");
                }
            }
        }

        return $"<svg viewBox=\"0 0 {modules.Count} {modules.Count}\" role=\"img\" aria-label=\"{Text(text)}\"><path d=\"{path}\"/></svg>";
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
