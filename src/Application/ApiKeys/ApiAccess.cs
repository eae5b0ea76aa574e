using Mainstreet.Domain.ApiKeys;

namespace Mainstreet.Application.ApiKeys;

public static class ApiAccess
{
    /// <summary>Publishable keys are for the storefront, which every plan has.</summary>
    public static bool OpensTo(this Entitlements plan, ApiKeyKind kind) => plan.ApiAccess || kind is ApiKeyKind.Publishable;
}
