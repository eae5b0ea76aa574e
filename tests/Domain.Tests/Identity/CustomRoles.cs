using Mainstreet.Domain.Identity;
using static Mainstreet.Domain.Tests.Identity.IdentitySamples;

namespace Mainstreet.Domain.Tests.Identity;

public class CustomRoles
{
    private static readonly RoleDeleted Deleted = new(Helper, Now);

    [Fact]
    public void Are_defined_and_changed()
    {
        new Spec<CustomRole, CustomRoleEvent>().WhenNew(() => CustomRole.Define(Helper, Bakery, "", null, [], Now)).ThenRejected("role_name_invalid");
        When(r => r.Change("Helper", "Carries.", ["orders:read"], Now)).ThenNothing();
        When(r => r.Change("Helper", "Carries.", [], Now)).Then(new RoleChanged(Helper, "Helper", "Carries.", [], Now)).Permissions.ShouldBeEmpty();
        When(r => r.Change("Helper", null, [], Now), Deleted).ThenRejected("not_found");
    }

    [Fact]
    public void Are_deleted_when_nobody_has_them()
    {
        When(r => r.Delete(holders: 1, Now)).ThenRejected("role_in_use");
        When(r => r.Delete(holders: 0, Now)).Then(Deleted).Deleted.ShouldBeTrue();
        When(r => r.Delete(holders: 0, Now), Deleted).ThenNothing();
    }

    private static Spec<CustomRole, CustomRoleEvent> When(Func<CustomRole, CustomRoleEvent[]> decide, params CustomRoleEvent[] given) =>
        new Spec<CustomRole, CustomRoleEvent>().Given([Defined, .. given]).When(decide);
}
