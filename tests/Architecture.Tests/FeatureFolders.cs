using System.Text.RegularExpressions;

namespace Mainstreet.Architecture.Tests;

/// <summary>A feature has the same name in every layer, so that whoever knows one layer finds the others.</summary>
public partial class FeatureFolders
{
    private static readonly string[] NoFeatures = ["Abstractions", "Shared", "Http", "Properties"];

    /// <summary>Features of the application alone, each with its reason.</summary>
    private static readonly string[] WithoutDomainOrApi = [];

    /// <summary>Folders whose files stand in a shorter or clearer namespace.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["Mainstreet.Domain.Shared"] = "Mainstreet.Domain",                                 // used everywhere
        ["Mainstreet.Application.Abstractions"] = "Mainstreet.Application",                 // used everywhere
        ["Mainstreet.Infrastructure.EmbeddedPostgres"] = "Mainstreet.Infrastructure.Postgres", // else it would be called as its main class
    };

    [Fact]
    public void Every_feature_of_the_application_is_one_of_the_domain_or_the_api() =>
        Features("Application").Except([.. Features("Domain"), .. Features("Api"), .. WithoutDomainOrApi], StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_feature_of_the_api_is_one_of_the_application() =>
        Features("Api").Except(Features("Application"), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void A_file_s_namespace_is_its_folder() => Repository.Sources("src")
        .Where(file => Namespace().Match(file.Text) is { Success: true } found && !IsNamespaceOf(file, found.Groups["name"].Value))
        .Select(file => file.Path)
        .ShouldBeEmpty();

    private static string[] Features(string layer) => [.. Repository.Folders($"src/{layer}").Except(NoFeatures, StringComparer.Ordinal)];

    /// <summary>Folders inside a feature's folder may share its namespace.</summary>
    private static bool IsNamespaceOf(SourceFile file, string name)
    {
        var folder = string.Join('.', ["Mainstreet", .. file.Folders[1..]]);
        var feature = string.Join('.', ["Mainstreet", .. file.Folders[1..].Take(2)]);
        return name == Renamed.GetValueOrDefault(folder, folder) || name == Renamed.GetValueOrDefault(feature, feature);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
