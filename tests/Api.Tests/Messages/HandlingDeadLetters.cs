using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Messages;

public sealed class HandlingDeadLetters(ApiFixture api)
{
    private const string Own = "/business/dead-letters";
    private const string All = "/admin/dead-letters";

    [Fact]
    public async Task A_business_sees_its_dead_letters_and_redrives_one_when_the_cause_is_gone()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var orderId = Guid.NewGuid();
        var id = await api.NewDeadLetter(acme, orderId);

        var letter = (await acme.Owner.Get(Own).Returns(200)).Data.ShouldHaveSingleItem();
        letter.GetProperty("id").GetGuid().ShouldBe(id);
        (letter.Text("queue"), letter.Text("type"), letter.Text("status")).ShouldBe(("default", "order.close", "dead"));
        (letter.GetProperty("subject").Text("type"), letter.GetProperty("subject").GetProperty("id").GetGuid()).ShouldBe(("order", orderId));
        (letter.GetProperty("error").Text("code"), letter.GetProperty("attempts").GetInt32()).ShouldBe(("not_found", 1));
        letter.TryGetProperty("body", out _).ShouldBeFalse();

        var order = await api.Buy(acme, new Basket(new BasketLine(await acme.Sell())) { Id = orderId });
        foreach (var (step, body) in new (string, object?)[] { ("confirm", null), ("ready", null), ("collect", new { cash_collected = Eur(order.Total) }) })
        {
            await acme.Owner.Post($"{order.Path}/{step}", body).Returns(204);
        }

        await acme.Owner.Post($"{Own}/{id}/redrive").Key("again").Returns(204);
        await acme.Owner.Post($"{Own}/{id}/redrive").Key("again").Returns(204);
        await acme.Owner.Get(order.Path).Until(answer => answer.Json.Text("status") == "completed");
        (await acme.Owner.Post($"{Own}/{id}/redrive").Refused(409, "illegal_transition")).Json.Text("current_status").ShouldBe("redriven");
        (await acme.Owner.Get(Own).Returns(200)).Data.ShouldBeEmpty();
        (await acme.Owner.Get($"{Own}?status=redriven").Returns(200)).Data.ShouldHaveSingleItem()
            .GetProperty("closed_by").GetProperty("id").GetGuid().ShouldBe(acme.User.Id);
    }

    [Fact]
    public async Task An_operator_sees_those_of_all_and_discards_one_of_a_business()
    {
        var (acme, globex) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"));
        var (ours, theirs) = (await api.NewDeadLetter(acme), await api.NewDeadLetter(globex));
        var later = await api.NewDeadLetter(acme);
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);

        var seen = await Ids(admin, $"{All}?queue=default&type=order.close&limit=100");
        seen.Intersect([ours, later, theirs]).Count().ShouldBe(3);
        var mine = $"{All}?tenant_id={acme.Id}";
        (await Ids(admin, mine)).ShouldBe([later, ours]);
        (await Ids(admin, $"{mine}&queue=payments")).ShouldBeEmpty();
        var first = await admin.Get($"{mine}&limit=1").Returns(200);
        (await Ids(admin, $"{mine}&limit=1&cursor={first.Json.Text("next_cursor")}")).ShouldBe([ours]);

        await admin.Post($"{All}/{ours}/discard").Returns(204);
        await admin.Post($"{All}/{ours}/discard").Refused(409, "illegal_transition");
        var discarded = (await acme.Owner.Get($"{Own}?status=discarded").Returns(200)).Data.ShouldHaveSingleItem();
        discarded.GetProperty("closed_by").Text("role").ShouldBe("platform_admin");
        (await Ids(globex.Owner, Own)).ShouldBe([theirs]);
    }

    [Fact]
    public async Task Nobody_else_handles_them()
    {
        var (acme, globex) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"));
        var id = await api.NewDeadLetter(acme);
        foreach (var step in new[] { "redrive", "discard" })
        {
            await globex.Owner.Post($"{Own}/{id}/{step}").Refused(404, "not_found");
            await acme.Owner.Post($"{All}/{id}/{step}").Refused(403, "missing_permission");
            await (await api.NewMember(acme, Role.Manager)).Post($"{Own}/{id}/{step}").Refused(403, "missing_permission");
        }

        (await Ids(await api.NewMember(acme, Role.Manager), Own)).ShouldBe([id]);
        await (await api.NewMember(acme, Role.Staff)).Get(Own).Refused(403, "missing_permission");
        await acme.Owner.Get($"{Own}?status=alive").Returns(400);
    }

    [Fact]
    public async Task What_was_dealt_with_a_month_ago_goes_and_what_waits_stays()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var (waiting, old, recent) = (await api.NewDeadLetter(acme), await api.NewDeadLetter(acme), await api.NewDeadLetter(acme));
        await acme.Owner.Post($"{Own}/{old}/discard").Returns(204);
        await acme.Owner.Post($"{Own}/{recent}/discard").Returns(204);
        await acme.Advance("P90D"); // the business's time is not what counts
        var database = new WholeDatabase(api.Database);
        await database.Texts($"update dead_letters set settled_at = settled_at - interval '31 days' where message_id = '{old}'");

        await database.Number("select prune_dead_letters(clock_timestamp() - interval '30 days', 100)");

        (await Ids(acme.Owner, $"{Own}?status=discarded")).ShouldBe([recent]);
        (await Ids(acme.Owner, Own)).ShouldBe([waiting]);
    }

    private static async Task<Guid[]> Ids(Session session, string path) =>
        [.. (await session.Get(path).Returns(200)).Data.Select(letter => letter.GetProperty("id").GetGuid())];
}
