namespace Mainstreet.Api.Tests;

/// <summary>Documents that are generated and committed. <c>UPDATE_DOCS=1 dotnet test</c> writes them anew.</summary>
internal static class Published
{
    /// <param name="path">Below docs/.</param>
    public static void ShouldBe(string path, string content)
    {
        var file = Repository.PathOf("docs", path);
        var text = content.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.Exists(file).ShouldBeTrue($"docs/{path} is missing: run UPDATE_DOCS=1 dotnet test tests/Api.Tests");
        text.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"), $"docs/{path} is out of date: run UPDATE_DOCS=1 dotnet test tests/Api.Tests");
    }
}
