using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

public sealed class TakingGoodsBack(ApiFixture api)
{
    [Fact]
    public async Task Against_a_receipt_by_quantity_and_never_more_than_were_sold()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var rungUp = await till.RingUp(lamp, 3, Cash(1785)).Returns(201);
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(11_785) }).Returns(204);
        var next = await till.Session.Opens(till.RegisterId);

        await Return(next, 4).Refused(422, "returns_too_much");
        await Return(till, 1).Refused(409, "session_closed");
        await Return(next, 1).Returns(200);
        await Return(next, 1, restock: false).Returns(200);
        (await acme.OnHand(lamp)).ShouldBe(8);
        var left = await Return(next, 2).Refused(422, "returns_too_much");
        left.Json.Text("left").ShouldBe("1");
        (await Return(next, 1).Returns(200)).Json.Text("status").ShouldBe("returned");
        await Return(next, 1).Refused(409, "illegal_transition");

        var sale = (await acme.Owner.Get(rungUp.Path()).Returns(200)).Json;
        (sale.Text("payment_status"), sale.Cents("refunded")).ShouldBe(("refunded", 1785));
        sale.List("returns").Texts("number").ShouldBe(["A-1002", "A-1003", "A-1004"]);
        var report = await next.Report();
        (report.Text("returns"), report.Cents("returned"), report.Cents("net"), report.Methods("refunds")).ShouldBe(("3", 1785, -1785, "cash 1785"));
        report.List("taxes").Single().Cents("tax").ShouldBe(-285);
        report.GetProperty("session").Cents("expected").ShouldBe(10_000 - 1785);

        ApiRequest Return(TestTill where, decimal quantity, bool restock = true) => where.Session.Post(
            $"{rungUp.Path()}/returns", new { session_id = where.SessionId, lines = new[] { new { line_no = 1, quantity, restock } }, reason = "Broken" });
    }

    [Fact]
    public async Task Of_many_who_take_the_same_goods_back_at_once_one_does()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var rungUp = await till.RingUp(lamp, 1, Cash(595)).Returns(201);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => till.Session.Post(
            $"{rungUp.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1 } } }).Send()));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        (await acme.OnHand(lamp)).ShouldBe(10);
        (await till.Report()).Methods("refunds").ShouldBe("cash 595");
    }

    [Fact]
    public async Task A_mistake_is_voided_in_its_session_by_those_who_may()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var rungUp = await till.RingUp(lamp, 2, Card(1000), Cash(500)).Returns(201);
        var body = new { session_id = till.SessionId, reason = "Mistake" };
        await (await api.NewMember(acme, Role.Cashier)).Post($"{rungUp.Path()}/void", body).Refused(403, "missing_permission");
        await till.Session.Post($"{rungUp.Path()}/void", body).Returns(204);
        await till.Session.Post($"{rungUp.Path()}/void", body).Returns(204);
        (await acme.OnHand(lamp)).ShouldBe(10);
        var sale = (await acme.Owner.Get(rungUp.Path()).Returns(200)).Json;
        (sale.Text("status"), sale.Text("payment_status"), sale.Text("void_reason")).ShouldBe(("voided", "voided", "Mistake"));
        var report = await till.Report();
        (report.Text("voids"), report.Cents("net"), report.Methods("refunds"), report.GetProperty("session").Cents("expected")).ShouldBe(("1", 0, "cash 190, card 1000", 10_000));

        var other = await till.RingUp(lamp, 1, Cash(595)).Returns(201);
        var b = await acme.NewTill("B");
        await till.Session.Post($"{other.Path()}/void", new { session_id = b.SessionId, reason = "Mistake" }).Refused(409, "other_session");
    }

    [Fact]
    public async Task The_dashboard_adds_up_orders_and_sales()
    {
        var acme = await api.NewBusiness();
        await api.Bought(acme, "Desk", 10_000);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        await till.RingUp(lamp, 3, Cash(1785)).Returns(201);
        var returned = await till.RingUp(lamp, 2, Cash(1190)).Returns(201);
        await till.Session.Post($"{returned.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1 } } }).Returns(200);
        var voided = await till.RingUp(lamp, 1, Cash(595)).Returns(201);
        await till.Session.Post($"{voided.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);

        var dashboard = (await acme.Owner.Get("/business/dashboard").Returns(200)).Json;
        (dashboard.Cents("revenue"), dashboard.Text("orders"), dashboard.Text("items"), dashboard.Text("reversed_orders")).ShouldBe((10_000 + 1785 + 595, "3", "5", "1"));
        var top = dashboard.List("top_products").Single(product => product.Text("name") == "Lamp");
        (top.Text("quantity"), top.Cents("revenue")).ShouldBe(("4", 4 * 595));
    }
}
