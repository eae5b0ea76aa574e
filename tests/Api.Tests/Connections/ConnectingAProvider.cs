using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Connections.ConnectionStarters;

namespace Mainstreet.Api.Tests.Connections;

/// <summary>What a business has at providers (REV-10): who may, what is kept, and that nobody sees it again.</summary>
public sealed class ConnectingAProvider(ApiFixture api)
{
    [Fact]
    public async Task A_connection_is_requested_gets_its_credentials_and_is_ended()
    {
        var shop = await api.NewBusiness(mode: "test");
        var account = NewAccount();
        var created = await shop.Connect("stripe", account).Returns(201);
        var path = $"/connections/{created.Id}";
        var pending = await shop.Owner.Get(path).Returns(200);
        (pending.Json.Text("status"), pending.Json.Text("account")).ShouldBe(("pending", account));
        pending.Json.Text("webhook_path").ShouldBe($"/api/v1/webhooks/stripe/{created.Id}");
        await shop.Owner.Post($"{path}/verify").Refused(409, "connection_pending");

        await shop.Owner.Put($"{path}/credentials", new { credentials = new { webhook_secret = "whsec_1" } }).IfMatch("\"v9\"").Refused(412, "stale_version");
        await shop.Owner.Put($"{path}/credentials", new { credentials = new { webhook_secret = "whsec_1" } }).IfMatch(pending.ETag!).Returns(204);
        await shop.Owner.Put($"{path}/credentials", new { credentials = new { webhook_secret = "whsec_2", api_key = "sk_1" } }).Returns(204);
        var connected = await shop.Owner.Get(path).Returns(200);
        connected.Json.Text("status").ShouldBe("connected");
        connected.Json.GetProperty("credentials").EnumerateArray().Select(one => one.Text("name")).ShouldBe(["webhook_secret", "api_key"], ignoreOrder: true);
        (await Kept(shop)).ShouldBe(2, "replaced ones are gone");
        await shop.Owner.Post($"{path}/verify").Refused(409, "connection_without_token");
        (await shop.Owner.Get("/connections?provider=stripe").Returns(200)).Data.ShouldHaveSingleItem();
        (await shop.Owner.Get("/connections?provider=google").Returns(200)).Data.ShouldBeEmpty();

        await shop.Owner.Post($"{path}/revoke").Returns(204);
        await shop.Owner.Post($"{path}/revoke").Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("revoked");
        (await Kept(shop)).ShouldBe(0);
        await shop.Owner.Put($"{path}/credentials", new { credentials = new { webhook_secret = "whsec_1" } }).Refused(409, "connection_revoked");
        (await Kept(shop)).ShouldBe(0, "what is refused is not kept");
        await shop.Connect("stripe", account, new { webhook_secret = "whsec_3" }).Returns(201);
    }

    [Fact]
    public async Task An_account_is_connected_once_among_all_businesses()
    {
        var (acme, globex) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"));
        var account = NewAccount();
        var ours = await acme.NewConnection(account: account);
        foreach (var shop in new[] { acme, globex })
        {
            var refused = await shop.Connect("stripe", account, new { webhook_secret = "s" }).Refused(409, "account_connected");
            refused.Faults.ShouldBe(["/account account_connected"]);
        }

        await globex.Connect("toyyibpay", account, new { webhook_secret = "s" }).Returns(201);
        await globex.Owner.Get(ours.Path).Refused(404, "not_found");
        await globex.Owner.Put($"{ours.Path}/credentials", new { credentials = new { webhook_secret = "mine" } }).Refused(404, "not_found");
        await globex.Owner.Post($"{ours.Path}/revoke").Refused(404, "not_found");
        await acme.Owner.Post($"{ours.Path}/revoke").Returns(204);
        await new WholeDatabase(api.Database).Until($"select count(*) from rm.connected_accounts_v1 where account = '{account}' and provider = 'stripe'", 0);
        await globex.Connect("stripe", account, new { webhook_secret = "s" }).Returns(201);
    }

    [Fact]
    public async Task A_business_has_so_many_connections_only()
    {
        var shop = await api.NewBusiness(mode: "test");
        var first = await shop.NewConnection();
        for (var i = 1; i < 50; i++)
        {
            await shop.Connect("stripe", NewAccount()).Returns(201);
        }

        var account = NewAccount();
        await shop.Connect("stripe", account).Refused(409, "connection_limit_reached");
        await (await api.NewBusiness()).Connect("stripe", account).Returns(201);
        await shop.Owner.Post($"{first.Path}/revoke").Returns(204);
        await shop.Connect("stripe", NewAccount()).Returns(201);
    }

    [Fact]
    public async Task Credentials_that_are_set_twice_at_once_are_kept()
    {
        var shop = await api.NewBusiness(mode: "test");
        var connection = await shop.NewConnection();
        for (var i = 0; i < 5; i++)
        {
            var (tag, key) = ((await shop.Owner.Get(connection.Path).Returns(200)).ETag!, $"again-{i}");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
                shop.Owner.Put($"{connection.Path}/credentials", new { credentials = new { webhook_secret = key } }).IfMatch(tag).Key(key).Returns(204)));
            (await Kept(shop)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Operators_give_an_account_back_to_whom_it_belongs()
    {
        var (squatter, victim, admin) = (await api.NewBusiness(mode: "test"), await api.NewBusiness(), await api.NewOperator());
        var account = NewAccount();
        var taken = await squatter.NewConnection(account: account);
        await victim.Connect("stripe", account, new { webhook_secret = "s" }).Refused(409, "account_connected");
        var seen = (await admin.Get($"/admin/connected-accounts?provider=stripe&account={account}").Returns(200)).Data.ShouldHaveSingleItem();
        (seen.GetProperty("business_id").GetGuid(), seen.Text("mode"), seen.GetProperty("connection_id").GetGuid()).ShouldBe((squatter.Id, "test", taken.Id));

        var since = Uri.EscapeDataString($"{TimeProvider.System.GetUtcNow():O}");
        await admin.Post($"/admin/connected-accounts/{taken.Id}/release").Returns(204);

        await admin.Post($"/admin/connected-accounts/{taken.Id}/release").Refused(404, "not_found");
        (await squatter.Owner.Get(taken.Path).Returns(200)).Json.Text("status").ShouldBe("revoked");
        (await Kept(squatter)).ShouldBe(0);
        await victim.Connect("stripe", account, new { webhook_secret = "s" }).Returns(201);
        (await admin.Pages($"/admin/audit?limit=100&from={since}")).ShouldContain(entry => entry.ToString().Contains("ReleaseConnectedAccount", StringComparison.Ordinal) && entry.ToString().Contains(taken.Id.ToString(), StringComparison.Ordinal));
        (await squatter.Owner.Get("/business/audit").Returns(200)).Text.ShouldContain("connection.revoked");
    }

    [Fact]
    public async Task What_a_closed_business_had_connected_is_free()
    {
        var (closed, other, admin) = (await api.NewBusiness(), await api.NewBusiness(), await api.NewOperator());
        var account = NewAccount();
        await closed.NewConnection(account: account);
        await admin.Post($"/admin/businesses/{closed.Id}/suspend", new { reason = "abuse" }).Returns(204);
        await admin.Post($"/admin/businesses/{closed.Id}/close").Returns(204);
        await other.Connect("stripe", account, new { webhook_secret = "s" }).Until(answer => answer.Status == 201);
    }

    [Fact]
    public async Task A_repeated_request_connects_once()
    {
        var shop = await api.NewBusiness(mode: "test");
        var account = NewAccount();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Connect("stripe", account, new { webhook_secret = "s" }).Key("connect").Returns(201)));
        answers.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        (await Kept(shop)).ShouldBe(1);
    }

    [Theory]
    [InlineData("stripe", """{}""", "/credentials/webhook_secret credential_required")]
    [InlineData("whatsapp", """{"webhook_secret":"s"}""", "/credentials/verify_token credential_required")]
    [InlineData("google", """{"access_token":"a"}""", "/credentials/refresh_token credential_required")]
    [InlineData("stripe", """{"webhook_secret":"s","verify_token":"v"}""", "/credentials/verify_token credential_unknown")]
    [InlineData("stripe", """{"webhook_secret":""}""", "/credentials/webhook_secret credential_invalid")]
    [InlineData("google", """{"refresh_token":"r","access_token":"a","expires_in":-1}""", "/credentials/expires_in credential_invalid")]
    [InlineData("fax", """{}""", "/provider provider_unknown")]
    public async Task What_is_wrong_is_named(string provider, string credentials, string fault)
    {
        var shop = await api.NewBusiness(mode: "test");
        var refused = await shop.Owner.Post("/connections", $$"""{"provider":"{{provider}}","account":"{{NewAccount()}}","credentials":{{credentials}}}""").Returns(400);
        refused.Faults.ShouldBe([fault]);
        (await Kept(shop)).ShouldBe(0);
    }

    [Fact]
    public async Task Credentials_are_nowhere_to_be_read()
    {
        var shop = await api.NewBusiness(mode: "test");
        await shop.Owner.SteppedUp();
        var secret = $"secret-{Guid.NewGuid():N}";
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = secret, access_token = $"access {secret}", expires_in = 3600 });
        await shop.Owner.Put($"{connection.Path}/credentials", new { credentials = new { webhook_secret = secret } }).Send();
        await shop.Owner.Post("/connections", new { provider = "google", account = NewAccount(), credentials = new { refresh_token = secret } })
            .With("Prefer", "handling=dry-run").Refused(422, "dry_run_not_possible");
        var kept = await new WholeDatabase(api.Database).Texts($"select sealed from sealed_secrets where tenant_id = '{shop.Id}'");
        kept.Count.ShouldBe(2);
        foreach (var path in new[] { "/connections", connection.Path, $"/history/connections/{connection.Id}", "/business/log/export", "/business/audit", "/events?limit=100", "/scheduled-messages" })
        {
            var shown = (await shop.Owner.Get(path).Returns(200)).Text;
            kept.Append(secret).ShouldAllBe(text => !shown.Contains(text, StringComparison.Ordinal), path);
        }

        (await new WholeDatabase(api.Database).Number($"select count(*) from events where data::text like '%{secret}%'")).ShouldBe(0);
        (await new WholeDatabase(api.Database).Number($"select count(*) from commands where result::text like '%{secret}%'")).ShouldBe(0);
    }

    private Task<long> Kept(TestBusiness shop) => new WholeDatabase(api.Database).Number($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'");
}
