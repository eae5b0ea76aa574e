using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mainstreet.Api.Tests.Readme;

/// <summary>Commands of a document, and what they are said to print: a bash block, and the text block behind it if there is one.</summary>
internal sealed partial record Step(string Commands, string Output)
{
    public static Step[] In(string markdown) =>
        [.. Block().Matches(markdown).Select(block => new Step(block.Groups["commands"].Value, block.Groups["output"].Value))];

    /// <summary>An ellipsis stands for anything within its line.</summary>
    public bool Printed(string output) =>
        Regex.IsMatch(output.Trim(), $@"\A{Regex.Escape(Output.Trim()).Replace("…", "[^\n]*", StringComparison.Ordinal)}\z", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"^```bash\n(?<commands>.*?)^```\n(\n*```text\n(?<output>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}

/// <summary>Steps that are run one after the other in one bash, as somebody does who copies them.</summary>
internal static class Script
{
    private const string Mark = "--- the next step";

    /// <returns>What each step has printed; it returns when everything that the steps started has ended.</returns>
    public static async Task<string[]> Run(IEnumerable<Step> steps, string folder, string temporary, Func<string, string> relocate)
    {
        var file = Path.Combine(temporary, "steps.sh");
        await File.WriteAllTextAsync(file, string.Concat(["exec 2>&1\n", .. steps.Select(step => $"{relocate(step.Commands)}\necho; echo '{Mark}'\n"), "wait\n"]));
        var start = new ProcessStartInfo("bash", [file]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        using var bash = Process.Start(start)!;
        var printed = new StringWriter();
        try
        {
            while (await bash.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                await printed.WriteLineAsync(line);
            }

            await bash.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The steps do not end. They have printed:\n{printed}");
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
        }

        return printed.ToString().Split(Mark)[..^1];
    }
}
