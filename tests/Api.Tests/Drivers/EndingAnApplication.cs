using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Drivers;

/// <summary>What is left of whoever wanted to drive, or did, and whom an application cannot make a driver (IAM-08, SEC-04).</summary>
public sealed class EndingAnApplication(ApiFixture api)
{
    [Fact]
    public async Task Whoever_reads_a_business_s_mails_makes_nobody_else_a_driver()
    {
        var (shop, _) = await api.NewShop();
        var victim = await api.NewUser();
        await api.Approved(shop, victim.Email);
        await shop.Owner.Get("/business/dead-letters").Until(answer => answer.Data.Any(letter => letter.Text("type") == "driver_applicant.settle"));
        (await victim.Session.Get("/auth/me").Returns(200)).Json.GetProperty("memberships").GetArrayLength().ShouldBe(0);
        (await shop.Owner.Get("/business/drivers").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_paper_that_another_one_replaces_leaves_no_file()
    {
        var (shop, _) = await api.NewShop();
        var email = Starters.NewEmail("emil");
        await api.Apply(shop, email).Returns(202);
        var code = await shop.Code(email);
        for (var i = 0; i < 3; i++)
        {
            await api.HandIn(shop, code).Returns(204);
        }

        (await Files(shop)).ShouldBe(1);
        var application = await shop.ApplicationOf(email);
        await Approve(application.Id(), application.GetProperty("documents")[0].Id());
        await api.HandIn(shop, code).Returns(204);
        (await Files(shop)).ShouldBe(2, "the one that is good stays until the other one is");
        await Approve(application.Id(), (await shop.ApplicationOf(email)).GetProperty("documents").EnumerateArray().Last().Id());
        (await Files(shop)).ShouldBe(1);

        Task<ApiAnswer> Approve(Guid id, Guid document) => shop.Owner.Post($"/business/driver-applications/{id}/documents/{document}/approve").Returns(204);
    }

    [Fact]
    public async Task A_driver_whom_the_business_has_let_go_is_not_back_with_another_paper()
    {
        var (shop, _) = await api.NewShop();
        var (email, path, driver) = await api.NewDriverByApplication(shop);
        await shop.Owner.Delete($"/business/drivers/{driver}").Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("released");
        await api.HandIn(shop, await shop.Code(email)).Refused(409, "illegal_transition");
        await api.Apply(shop, email).Returns(202);
        (await shop.Owner.Get("/business/driver-applications?status=applied").Returns(200)).Data.ShouldHaveSingleItem().Text("email").ShouldBe(email, "who wants to comes anew");
    }

    [Fact]
    public async Task Half_a_year_after_a_rejection_nobody_knows_who_it_was()
    {
        var (shop, _) = await api.NewShop();
        var (id, _) = await api.NewApplication(shop);
        var path = $"/business/driver-applications/{id}";
        await shop.Owner.Post($"{path}/reject", new { reason = "no bicycle" }).Returns(204);
        await shop.Owner.Get(path).Until(answer => answer.Json.Text("status") == "rejected");
        await shop.Advance("P179D");
        (await shop.Owner.Get(path).Returns(200)).Text.ShouldContain("Emil Ek");
        await shop.Advance("P2D");
        var left = await shop.Owner.Get(path).Until(answer => !answer.Text.Contains("Emil Ek", StringComparison.Ordinal));
        left.Json.Text("status").ShouldBe("closed");
        (await Files(shop)).ShouldBe(0);
    }

    [Fact]
    public async Task An_erasure_reaches_what_the_business_says_of_its_driver()
    {
        var (shop, _) = await api.NewShop();
        var (_, path, driver) = await api.NewDriverByApplication(shop);
        (await shop.Owner.Get($"/business/drivers/{driver}").Returns(200)).Json.Text("name").ShouldBe("Emil Ek");
        await (await shop.Owner.SteppedUp()).Post($"{path}/erase", new { reason = "requested" }).Returns(204);
        await shop.Owner.Get($"/business/drivers/{driver}").Until(answer => answer.Status == 404);
        (await shop.Owner.Get("/business/log/export").Returns(200)).Text.ShouldNotContain("Emil Ek");
    }

    private Task<long> Files(TestBusiness shop) => new WholeDatabase(api.Database).Number($"select count(*) from document_files where tenant_id = '{shop.Id}'");
}
