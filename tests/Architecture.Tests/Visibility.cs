using System.Reflection;
using Mainstreet.Infrastructure;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Architecture.Tests;

/// <summary>What is public can be used by other projects, and one day is. So it is what they need, and nothing more.</summary>
public class Visibility
{
    [Fact]
    public void The_infrastructure_shows_how_it_is_set_up_and_the_scope_of_a_request() =>
        Public(typeof(InfrastructureSetup).Assembly).ShouldBe([typeof(InfrastructureSetup), typeof(ITenantScope), typeof(RequestContext), typeof(WallClock)], ignoreOrder: true);

    [Fact]
    public void The_api_shows_its_entry_point() => Public(typeof(Program).Assembly).ShouldBe([typeof(Program)]);

    private static Type[] Public(Assembly assembly) => assembly.GetExportedTypes();
}
