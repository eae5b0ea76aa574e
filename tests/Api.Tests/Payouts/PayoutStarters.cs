using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Payouts;

/// <summary>A business that the platform owes money, and who pays it.</summary>
internal sealed record PaidShop(TestBusiness Shop, Session Finance)
{
    public Session Owner => Shop.Owner;

    /// <summary>The newest payout as the business sees it, as soon as it stands so.</summary>
    public async Task<(Guid Id, ApiAnswer Answer)> Payout(string status)
    {
        var answer = await Owner.Get($"/business/payouts?status={status}").Until(answer => answer.Data.Length > 0);
        return (answer.Data[0].GetProperty("id").GetGuid(), answer);
    }

    /// <summary>As operators list it, as soon as they hear of it.</summary>
    public Task<ApiAnswer> Queued(Guid payout) =>
        Finance.Get($"/admin/payouts?business_id={Shop.Id}").Until(answer => answer.Data.Any(row => row.GetProperty("id").GetGuid() == payout));

    public ApiRequest Step(Guid payout, string step, object? body = null) => Finance.Post($"/admin/payouts/{payout}/{step}", body);

    public Task<ApiAnswer> ThatIs(Guid payout, string status) => Finance.Get($"/admin/payouts/{payout}").Until(answer => answer.Json.Text("status") == status);

    /// <summary>The statement, as soon as it has so many lines.</summary>
    public Task<ApiAnswer> Statement(Guid payout, int lines) =>
        Owner.Get($"/business/payouts/{payout}/statement").Until(answer => answer.Status == 200 && answer.Json.GetProperty("lines").GetArrayLength() == lines);
}

internal static class PayoutStarters
{
    public static async Task<PaidShop> NewPaidShop(this ApiFixture api) =>
        new(await api.NewBusiness("paid", mode: "test"), await (await api.NewMember(TenantId.Platform, Role.PlatformFinance)).SteppedUp());
}
