using Mainstreet.Application.Exports;

namespace Mainstreet.Application.Tests.Exports;

public class MakingTextHarmless
{
    private static readonly char[] letters = ['\'', '=', '-', 'a', '\n', '＠'];

    /// <summary>Every text of up to four of these.</summary>
    private static IEnumerable<string> Texts => Enumerable.Range(0, 4).Aggregate<int, string[]>(
        [""], (shorter, _) => [.. shorter, .. shorter.SelectMany(text => letters.Select(letter => text + letter))]).Distinct(StringComparer.Ordinal);

    [Fact]
    public void Is_undone_whatever_the_text_was()
    {
        foreach (var text in Texts)
        {
            SpreadsheetText.Meant(SpreadsheetText.Harmless(text)).ShouldBe(text);
        }
    }

    [Fact]
    public void Leaves_nothing_that_runs()
    {
        foreach (var text in Texts.Select(SpreadsheetText.Harmless).Where(text => text.Length > 0))
        {
            text[0].ShouldBeOneOf('\'', 'a');
        }
    }
}
