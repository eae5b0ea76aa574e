using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

public sealed class OpeningARegister(ApiFixture api)
{
    [Fact]
    public async Task Of_a_hundred_who_open_the_same_register_one_does()
    {
        var acme = await api.NewBusiness();
        var register = await acme.NewRegister();

        for (var round = 1; round <= Races.Rounds; round++)
        {
            var answers = await Races.OfAHundred(() => acme.Owner.Post("/business/register-sessions", new { register_id = register, opening_float = Eur(100) }));

            var winner = answers.Single(answer => answer.Status == 201).Id;
            var losers = answers.Where(answer => answer.Status == 409).ToArray();
            losers.Length.ShouldBe(99);
            losers.ShouldAllBe(answer => answer.Json.Text("code") == "session_already_open" && answer.Json.Text("session_id") == winner.ToString());
            (await acme.Owner.Get($"/business/register-sessions?limit=100").Returns(200)).Data.Length.ShouldBe(Math.Min(round, 100));
            (await acme.Owner.Get($"/business/registers/{register}").Returns(200)).Json.Text("session_id").ShouldBe(winner.ToString());
            await acme.Owner.Post($"/business/register-sessions/{winner}/close", new { counted = Eur(100) }).Returns(204);
        }
    }

    [Fact]
    public async Task A_session_counts_its_cash_and_the_next_one_begins_anew()
    {
        var acme = await api.NewBusiness();
        var till = await (await api.NewMember(acme, Role.Cashier)).Opens(await acme.NewRegister());
        await till.Session.Post($"{till.Path}/pay-in", new { amount = Eur(500), reason = "Change" }).Returns(204);
        await till.Session.Post($"{till.Path}/pay-out", new { amount = Eur(250), reason = "Stamps" }).Returns(204);
        await till.Session.Post($"{till.Path}/pay-out", new { amount = Eur(10_251), reason = "Bank" }).Refused(422, "not_enough_cash");
        var lamp = await acme.Goods();
        await till.RingUp(lamp, 2, Cash(2000)).Returns(201);
        await till.RingUp(lamp, 1, Card(500), Cash(95)).Returns(201);

        var x = await till.Report();
        (x.Text("kind"), x.Cents("sold"), x.Methods("payments"), x.GetProperty("session").Cents("expected")).ShouldBe(("x", 1785, "cash 1285, card 500", 11_535));
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(11_500), note = "One note torn" }).Returns(204);

        var z = await till.Report();
        var session = z.GetProperty("session");
        (z.Text("kind"), z.Text("first_number"), z.Text("last_number"), z.Text("sales")).ShouldBe(("z", "A-1001", "A-1002", "2"));
        (session.Text("status"), session.Cents("counted"), session.Cents("difference"), session.Text("note")).ShouldBe(("closed", 11_500, -35, "One note torn"));
        await till.RingUp(lamp, 1, Cash(595)).Refused(409, "session_closed");
        await till.Session.Post($"{till.Path}/pay-in", new { amount = Eur(1), reason = "Late" }).Refused(409, "session_closed");
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(1) }).Refused(409, "session_closed");

        var next = await till.Session.Opens(till.RegisterId, opening: 11_500);
        (await next.RingUp(lamp, 1, Cash(595)).Returns(201)).Json.Text("number").ShouldBe("A-1003");
        (await next.Report()).Text("sales").ShouldBe("1");
        (await acme.Owner.Get($"/business/register-sessions?register_id={till.RegisterId}&status=closed").Returns(200)).Data.Texts("id").ShouldBe([till.SessionId.ToString()]);
        (await acme.Owner.Pages("/business/register-sessions?limit=1")).Texts("id").ShouldBe([next.SessionId.ToString(), till.SessionId.ToString()]);
    }

    [Fact]
    public async Task What_another_till_was_paid_is_not_unpaid_where_it_was_rung_up()
    {
        var acme = await api.NewBusiness();
        var (a, b, lamp) = (await acme.NewTill("A"), await acme.NewTill("B"), await acme.Goods());
        var sale = await a.Session.Post("/business/sales", a.Sale(lamp, payLater: true)).Returns(201);
        (await a.Session.Get(a.Path).Returns(200)).Json.List("unpaid_sales").Length.ShouldBe(1);

        await b.Session.Post($"{sale.Path()}/payments", new { session_id = b.SessionId, payments = new[] { Cash(595) } }).Returns(200);

        (await a.Session.Get(a.Path).Returns(200)).Json.List("unpaid_sales").ShouldBeEmpty();
        (await a.Report()).Methods("payments").ShouldBe("");
        (await b.Report()).Methods("payments").ShouldBe("cash 595");
    }

    [Fact]
    public async Task A_till_that_was_closed_too_early_goes_on_until_it_is_opened_again()
    {
        var acme = await api.NewBusiness();
        var (till, other, lamp) = (await acme.NewTill("A"), await acme.NewTill("B"), await acme.Goods());
        var later = await till.Session.Post("/business/sales", till.Sale(lamp, payLater: true)).Returns(201);
        await till.Session.Post("/business/sales", till.Sale(lamp, payLater: true)).Returns(201);
        await till.Session.Post($"{till.Path}/reopen", new { reason = "Not yet" }).Refused(409, "session_open");
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(9_000), note = "Short" }).Returns(204);
        await other.Session.Post($"{later.Path()}/payments", new { session_id = other.SessionId, payments = new[] { Cash(595) } }).Returns(200);

        await till.Session.Post($"{till.Path}/reopen", new { reason = " " }).Refused(400, "reason_required");
        await till.Session.Post($"{till.Path}/reopen", new { reason = "Coins in the other drawer" }).Returns(204);
        var session = (await till.Session.Get(till.Path).Returns(200)).Json;
        (session.Text("status"), session.Text("counted"), session.Text("note")).ShouldBe(("open", null, null));
        session.List("unpaid_sales").Length.ShouldBe(1, "the other was paid meanwhile");
        await till.RingUp(lamp, 1, Cash(595)).Returns(201);
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(10_595) }).Returns(204);
        (await till.Session.Get(till.Path).Returns(200)).Json.Cents("difference").ShouldBe(0);

        var next = await till.Session.Opens(till.RegisterId);
        await till.Session.Post($"{till.Path}/reopen", new { reason = "Late" }).Refused(409, "session_followed");
        await next.Session.Post($"{next.Path}/close", new { counted = Eur(10_000) }).Returns(204);
        await till.Session.Post($"{till.Path}/reopen", new { reason = "Late" }).Refused(409, "session_followed");
        var cashier = await api.NewMember(acme, Role.Cashier);
        await cashier.Post($"{next.Path}/reopen", new { reason = "Me" }).Refused(403, "missing_permission");
    }

    [Fact]
    public async Task What_came_later_is_later_also_while_time_stands_still()
    {
        var acme = await api.NewBusiness(mode: "test");
        var first = await acme.NewTill();
        await Close(first);
        var second = await acme.Owner.Opens(first.RegisterId);
        await Close(second);
        (await acme.Owner.Get(first.Path).Returns(200)).Json.Text("opened_at").ShouldBe((await acme.Owner.Get(second.Path).Returns(200)).Json.Text("opened_at"));

        await acme.Owner.Post($"{first.Path}/reopen", new { reason = "Late" }).Refused(409, "session_followed");
        await acme.Owner.Post($"{second.Path}/reopen", new { reason = "Too early" }).Returns(204);

        Task<ApiAnswer> Close(TestTill till) => acme.Owner.Post($"{till.Path}/close", new { counted = Eur(10_000) }).Returns(204);
    }

    [Fact]
    public async Task Whoever_names_the_version_closes_what_they_have_seen()
    {
        var acme = await api.NewBusiness();
        var till = await acme.NewTill();
        var seen = (await till.Session.Get(till.Path).Returns(200)).ETag!;
        await till.RingUp(await acme.Goods(), 1, Cash(595)).Returns(201);
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(10_000) }).IfMatch(seen).Refused(412, "stale_version");
    }

    [Fact]
    public async Task A_register_has_a_code_of_its_own_and_is_retired_when_nobody_sells_at_it()
    {
        var acme = await api.NewBusiness();
        var till = await acme.NewTill();
        await acme.Owner.Post("/business/registers", new { code = "A", name = "Another" }).Refused(409, "code_taken");
        await acme.Owner.Post("/business/registers", new { code = "a b", name = "Another" }).Refused(400, "code_invalid");
        await acme.Owner.Patch(till.Register, new { name = "Front" }).Returns(204);
        await acme.Owner.Post($"{till.Register}/retire").Refused(409, "session_already_open");
        await acme.Owner.Post($"{till.Path}/close", new { counted = Eur(10_000) }).Returns(204);
        await acme.Owner.Post($"{till.Register}/retire").Returns(204);
        await acme.Owner.Post("/business/register-sessions", new { register_id = till.RegisterId, opening_float = Eur(0) }).Refused(409, "register_retired");
        await acme.NewRegister("B");
        (await acme.Owner.Pages("/business/registers?limit=1")).Select(register => $"{register.Text("code")} {register.Text("name")} {register.Text("retired")}")
            .ShouldBe(["A Front True", "B Till B False"]);
    }

    [Fact]
    public async Task Cash_is_in_the_currency_of_the_business_and_not_below_zero()
    {
        var acme = await api.NewBusiness();
        var register = await acme.NewRegister();
        await Open(new { amount = 1, currency = "USD" }).Refused(422, "currency_mismatch");
        await Open(Eur(-1)).Refused(422, "amount_out_of_range");
        var till = await acme.Owner.Opens(register);
        await acme.Owner.Post($"{till.Path}/close", new { counted = new { amount = 1, currency = "USD" } }).Refused(422, "currency_mismatch");
        await acme.Owner.Post($"{till.Path}/pay-in", new { amount = Eur(0), reason = "Nothing" }).Refused(422, "amount_out_of_range");

        ApiRequest Open(object opening) => acme.Owner.Post("/business/register-sessions", new { register_id = register, opening_float = opening });
    }
}
