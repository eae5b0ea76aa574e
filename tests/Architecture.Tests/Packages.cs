using System.Text.Json;
using System.Xml.Linq;

namespace Mainstreet.Architecture.Tests;

public class Packages
{
    /// <summary>Used by a project, or pinned because a used package brings it along.</summary>
    [Fact]
    public void Every_version_that_is_set_is_of_a_package_in_use()
    {
        var set = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(version => (string)version.Attribute("Include")!);
        var used = ((string[])["src", "tests"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "packages.lock.json", SearchOption.AllDirectories))
            .SelectMany(Locked);

        set.Except(used, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    private static string[] Locked(string file)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(file));
        return [.. locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()).Select(package => package.Name)];
    }
}
