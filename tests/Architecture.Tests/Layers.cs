using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure;

namespace Mainstreet.Architecture.Tests;

/// <summary>Domain knows nothing, Application knows Domain, Infrastructure knows both, Api knows them all.</summary>
public class Layers
{
    private static readonly Assembly Domain = typeof(IEvent).Assembly;
    private static readonly Assembly Application = typeof(Committed).Assembly;
    private static readonly Assembly Infrastructure = typeof(InfrastructureSetup).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;

    [Fact]
    public void The_domain_needs_the_runtime_and_nothing_else() =>
        References(Domain).ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_domain_names_no_package_and_no_project()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src/Domain/Domain.csproj"));

        project.Descendants().Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_application_does_not_know_how_it_is_stored_or_reached() =>
        References(Application).ShouldAllBe(name => !IsAny(name, "Mainstreet.Infrastructure", "Mainstreet.Api", "Npgsql", "Dapper", "Scrutor", "Microsoft.AspNetCore"));

    [Fact]
    public void The_infrastructure_does_not_know_the_api() =>
        References(Infrastructure).ShouldAllBe(name => !IsAny(name, "Mainstreet.Api", "Swashbuckle"));

    [Fact]
    public void The_api_reaches_the_database_through_the_layers_below() => References(Api).ShouldAllBe(name => !IsAny(name, "Npgsql", "Dapper"));

    /// <summary>The compiler leaves out a reference that only constants came through; the text does not.</summary>
    [Theory]
    [InlineData("src/Domain", "Application|Infrastructure|Api")]
    [InlineData("src/Application", "Infrastructure|Api")]
    [InlineData("src/Infrastructure", "Api")]
    public void No_file_names_a_layer_above_its_own(string folder, string above) =>
        Repository.Sources(folder).Where(file => Regex.IsMatch(file.Text, $@"\bMainstreet\.({above})\b")).Select(file => file.Path).ShouldBeEmpty();

    private static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)];

    private static bool IsAny(string name, params string[] families) =>
        families.Any(family => name == family || name.StartsWith(family + ".", StringComparison.Ordinal));
}
