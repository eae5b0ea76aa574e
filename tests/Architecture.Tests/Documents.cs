using System.Text.RegularExpressions;

namespace Mainstreet.Architecture.Tests;

/// <summary>Documents speak of files and settings that are there.</summary>
public partial class Documents
{
    private static readonly string[] All =
        [.. Directory.GetFiles(Repository.Root, "*.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];

    [Fact]
    public void The_files_they_name_exist() => All
        .SelectMany(document => PathInText().Matches(File.ReadAllText(document)).Select(match => (document, Path: match.Groups["path"].Value)))
        .Where(named => !Exists(Repository.Root, named.Path))
        .Select(named => $"{Path.GetFileName(named.document)}: {named.Path}")
        .ShouldBeEmpty();

    [Fact]
    public void Their_links_lead_somewhere() => All
        .SelectMany(document => Link().Matches(File.ReadAllText(document)).Select(match => (document, Path: match.Groups["path"].Value)))
        .Where(link => !Exists(Path.GetDirectoryName(link.document)!, link.Path))
        .Select(link => $"{Path.GetFileName(link.document)}: {link.Path}")
        .ShouldBeEmpty();

    [Fact]
    public void Every_setting_that_is_read_is_in_the_operator_s_table()
    {
        var operations = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));
        var read = Repository.Sources("src").SelectMany(file => Setting().Matches(file.Text).Select(match => match.Groups["name"].Value)).Distinct(StringComparer.Ordinal).ToArray();

        read.ShouldContain("Security:MasterKey");
        read.Where(name => name != "PATH" && !operations.Contains($"`{name}", StringComparison.Ordinal) && !operations.Contains($":{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static bool Exists(string folder, string path) => Path.Exists(Path.Combine(folder, path));

    [GeneratedRegex(@"`(?<path>(src|tests|docs|samples)/[\w./-]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex PathInText();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    /// <summary>Settings are read by name, and so found by name.</summary>
    [GeneratedRegex("""(onfiguration\[|GetConnectionString\(|GetEnvironmentVariable\(|BindConfiguration\(|GetSection\(|onfiguration\.GetValue(<\w+>)?\()"(?<name>[\w:]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
