using System.Text.Json;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>What staff write down about a customer, guest or not (CUS-07).</summary>
public sealed class KeepingNotesOfCustomers(ApiFixture api)
{
    [Fact]
    public async Task Staff_tag_a_customer_and_write_notes_and_find_them_again()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("guest");
        var order = await api.BuyAs(shop, lamp, email);
        await api.BuyAs(shop, lamp, Starters.NewEmail("other"));
        var path = $"/business/customers/{await shop.CustomerOf(order)}";

        var manager = await api.NewMember(shop, Role.Manager);
        var tagged = await manager.Put($"{path}/tags", new { tags = new[] { "VIP", " nuts ", "VIP" } }).Returns(204);
        await manager.Put($"{path}/tags", new { tags = Array.Empty<string>() }).IfMatch("\"v9\"").Refused(412, "stale_version");
        (await manager.Put($"{path}/tags", new { tags = new[] { "VIP", "nuts" } }).IfMatch(tagged.ETag!).Returns(204)).ETag.ShouldBe(tagged.ETag); // nothing changed
        var first = (await manager.Post($"{path}/notes", new { text = "Rings twice." }).Returns(201)).Id;
        await shop.Owner.Post($"{path}/notes", new { text = "Pays in coins." }).Returns(201);

        var seen = await shop.Owner.Get(path).Returns(200);
        seen.ETag.ShouldBe("\"v3\"");
        seen.Json.Texts("tags").ShouldBe(["VIP", "nuts"]);
        var notes = seen.Json.GetProperty("notes").EnumerateArray().ToArray();
        notes.Select(note => note.Text("text")).ShouldBe(["Pays in coins.", "Rings twice."]);
        notes[1].GetProperty("id").GetGuid().ShouldBe(first);
        notes[0].GetProperty("by").GetProperty("id").GetGuid().ShouldBe(shop.User.Id);
        (await shop.Owner.Get("/business/customers?tag=nuts").Returns(200)).Data.ShouldHaveSingleItem().Text("email").ShouldBe(email);
        (await shop.Owner.Get("/business/customers?tag=nut").Returns(200)).Data.ShouldBeEmpty();
        await shop.Owner.Get($"/business/customers?tag={new string('x', 41)}").Refused(400, "validation_failed");

        await manager.Put($"{path}/tags", new { tags = new[] { "" } }).Refused(400, "tags_invalid");
        await manager.Post($"{path}/notes", new { text = " " }).Refused(400, "note_invalid");
        await manager.Post($"/business/customers/{Guid.NewGuid()}/notes", new { text = "Nobody" }).Refused(404, "not_found");
        await (await api.NewBusiness("globex")).Owner.Put($"{path}/tags", new { tags = new[] { "mine" } }).Refused(404, "not_found");
        var staff = await api.NewMember(shop, Role.Staff);
        await staff.Get(path).Returns(200);
        await staff.Post($"{path}/notes", new { text = "Not for me" }).Refused(403, "missing_permission");
    }

    [Fact]
    public async Task An_erasure_takes_them_along()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("guest");
        var order = await api.BuyAs(shop, lamp, email);
        await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var customer = await shop.CustomerOf(order);
        var path = $"/business/customers/{customer}";
        await shop.Owner.Put($"{path}/tags", new { tags = new[] { "Quastenflosser-fan" } }).Returns(204);
        await shop.Owner.Post($"{path}/notes", new { text = "Quastenflosser in the garden" }).Returns(201);

        (await shop.Erase(customer).Returns(201)).Json.GetProperty("events").GetInt64().ShouldBeGreaterThanOrEqualTo(3); // the order, the tags, the note
        ShowsNone((await shop.Owner.Get(path).Returns(200)).Json);
        await shop.Certificate(customer);
        ShowsNone((await shop.Owner.Get(path).Returns(200)).Json);
        (await shop.Owner.Get("/events?limit=100&types=customer.*").Returns(200)).Text.ShouldNotContain("Quastenflosser");
        (await new WholeDatabase(api.Database).Texts("select r::text from rm.customer_records_v1 r where r::text like '%Quastenflosser%'")).ShouldBeEmpty();

        await shop.Owner.Put($"{path}/tags", new { tags = new[] { "gone" } }).Refused(409, "customer_erased");
        await shop.Owner.Post($"{path}/notes", new { text = "Gone" }).Refused(409, "customer_erased");
        await shop.Owner.Put($"{path}/tags", new { tags = Array.Empty<string>() }).Returns(204); // as it is
        await shop.Advance("PT1M");
        (await shop.CustomerOf(await api.BuyAs(shop, lamp, email))).ShouldBe(customer);
        await shop.Owner.Put($"{path}/tags", new { tags = new[] { "came back" } }).Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Json.Texts("tags").ShouldBe(["came back"]);

        static void ShowsNone(JsonElement seen) =>
            (seen.GetProperty("tags").GetArrayLength(), seen.GetProperty("notes").GetArrayLength()).ShouldBe((0, 0));
    }
}
