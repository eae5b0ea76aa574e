namespace Mainstreet.Application.Exports;

/// <summary>
/// Text in cells that a spreadsheet would run as a formula stands behind an apostrophe (OWASP, CSV injection). Text that looks so by itself gets one
/// more, so that what is read back is what was written, whatever it was.
/// </summary>
public static class SpreadsheetText
{
    private const char Guard = '\'';
    private static readonly char[] formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    public static string Harmless(string text) => RunsBehindGuards(text) ? Guard + text : text;

    /// <summary>What <see cref="Harmless"/> was given.</summary>
    public static string Meant(string cell) => cell is [Guard, ..] && RunsBehindGuards(cell) ? cell[1..] : cell;

    private static bool RunsBehindGuards(string text) => text.AsSpan().TrimStart(Guard) is [var first, ..] && formula.Contains(first);
}
