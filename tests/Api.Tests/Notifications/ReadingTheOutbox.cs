using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Notifications;

public sealed class ReadingTheOutbox(ApiFixture api)
{
    private const string Outbox = "/sandbox/outbox/messages";

    [Fact]
    public async Task A_test_business_reads_what_it_sent_at_its_own_time()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var now = (await acme.Advance("P40D")).Json.GetProperty("now").GetDateTimeOffset();
        var (_, mail) = await acme.SentMail(api);

        (mail.Text("kind"), mail.Text("subject"), mail.Text("text"), mail.Text("html"), mail.Text("template"))
            .ShouldBe(("email", "Hello", "Come in.", "<p>Come in.</p>", "test.hello"));
        mail.GetProperty("sent_at").GetDateTimeOffset().ShouldBe(now);
        (await acme.Owner.Get($"{Outbox}/{mail.GetProperty("id")}").Returns(200)).Json.GetRawText().ShouldBe(mail.GetRawText());
    }

    [Fact]
    public async Task It_finds_them_by_address_and_kind_the_newest_first_and_page_by_page()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        foreach (var (to, subject) in new[] { ("ann@example.com", "1"), ("bob@example.com", "2"), ("ann@example.com", "3"), ("+972501234567", "4") })
        {
            await api.Mail(new(acme.Id), to, subject);
        }

        (await Subjects("")).ShouldBe(["4", "3", "2", "1"]);
        (await Subjects("?to=Ann@example.com")).ShouldBe(["3", "1"]);
        (await Subjects("?to=+972501234567")).ShouldBe(["4"]);
        (await Subjects("?to=%2B972501234567&kind=email")).ShouldBe(["4"]);
        (await Subjects("?kind=sms")).ShouldBeEmpty();
        await acme.Owner.Get($"{Outbox}?kind=letter").Returns(400);

        var first = await acme.Owner.Get($"{Outbox}?limit=3").Returns(200);
        first.Data.Length.ShouldBe(3);
        (await Subjects($"?limit=3&cursor={first.Json.Text("next_cursor")}")).ShouldBe(["1"]);
        await acme.Owner.Get($"{Outbox}?to=ann@example.com&cursor={first.Json.Text("next_cursor")}").Refused(400, "invalid_cursor");

        async Task<string?[]> Subjects(string query) => [.. (await acme.Owner.Get(Outbox + query).Returns(200)).Data.Select(mail => mail.Text("subject"))];
    }

    [Fact]
    public async Task Sent_again_under_its_key_a_mail_is_one()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        await api.Mail(new(acme.Id), "ann@example.com", key: "one");
        await api.Mail(new(acme.Id), "ann@example.com", key: "one");
        await api.Mail(new(acme.Id), "ann@example.com", key: "two");
        (await acme.Owner.Get(Outbox).Returns(200)).Data.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        var (acme, globex, live) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"), await api.NewBusiness("live"));
        var (id, _) = await acme.SentMail(api);
        (await globex.Owner.Get(Outbox).Returns(200)).Data.ShouldBeEmpty();
        await globex.Owner.Get($"{Outbox}/{id}").Refused(404, "not_found");
        await live.Owner.Get(Outbox).Refused(404, "not_found");
        await live.Owner.Get($"{Outbox}/{id}").Refused(404, "not_found");
        await (await api.NewMember(acme, Role.Manager)).Get(Outbox).Refused(403, "missing_permission");
        await acme.Owner.Get($"/admin{Outbox}").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task Operators_read_what_the_platform_sent()
    {
        var to = Starters.NewEmail();
        await api.Mail(TenantId.Platform, to);
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        var id = (await admin.Get($"/admin{Outbox}?to={to}").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("id").GetGuid();
        (await admin.Get($"/admin{Outbox}/{id}").Returns(200)).Json.Text("to").ShouldBe(to);
        await admin.Get($"/admin{Outbox}/{Guid.NewGuid()}").Refused(404, "not_found");
    }

    [Fact]
    public async Task What_went_to_somebody_goes_when_that_is_erased()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await api.Buy(acme, new Basket(new BasketLine(await acme.Sell())));
        await acme.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var customer = await acme.CustomerOf(order);
        await api.Mail(new(acme.Id), "ann@example.com", "hers", person: customer);
        await api.Mail(new(acme.Id), "bob@example.com", "his", person: Guid.NewGuid());

        await acme.Erase(customer).Returns(201);
        await api.Mail(new(acme.Id), "ann@example.com", "too late", person: customer);

        (await acme.Owner.Get(Outbox).Returns(200)).Data.ShouldHaveSingleItem().Text("subject").ShouldBe("his");
    }

    [Fact]
    public async Task After_thirty_days_nobody_looks_for_it()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        await api.Mail(new(acme.Id), "ann@example.com", "old");
        await new WholeDatabase(api.Database).Texts($"update sandbox_outbox set created_at = created_at - interval '31 days' where tenant_id = '{acme.Id}'");
        await api.Mail(new(acme.Id), "ann@example.com", "new");

        await new WholeDatabase(api.Database).Number("select prune_sandbox_outbox(clock_timestamp() - interval '30 days', 100)");
        (await acme.Owner.Get(Outbox).Returns(200)).Data.ShouldHaveSingleItem().Text("subject").ShouldBe("new");
    }
}
