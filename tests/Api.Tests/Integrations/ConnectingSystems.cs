using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Integrations;

/// <summary>Systems of a business's own (TEN-19): what is set, what is kept to oneself, and who may.</summary>
public sealed class ConnectingSystems(ApiFixture api)
{
    private const string Path = "/business/integrations/custom_http";

    [Fact]
    public async Task A_system_is_configured_tried_enabled_and_removed()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness(mode: "test");
        (await shop.Owner.Get("/business/integrations").Returns(200)).Data.Select(one => one.Text("kind")).ShouldBe(["accounting", "custom_http", "marketing"]);
        (await shop.Owner.Get(Path).Returns(200)).Json.GetProperty("configured").GetBoolean().ShouldBeFalse();
        await shop.Owner.Post($"{Path}/enable").Refused(404, "not_found");

        await Configure(shop, receiver.Url(), "first secret").Returns(204);
        var shown = await shop.Owner.Get(Path).Returns(200);
        Secret(shown).GetProperty("set").GetBoolean().ShouldBeTrue();
        shown.Text.ShouldNotContain("first secret");
        await Configure(shop, receiver.Url(), "second secret").IfMatch("\"v9\"").Refused(412, "stale_version");
        await Configure(shop, receiver.Url(), "second secret").IfMatch(shown.ETag!).Returns(204);
        await Configure(shop, receiver.Url()).Returns(204);
        Secret(await shop.Owner.Get(Path).Returns(200)).GetProperty("set").GetBoolean().ShouldBeTrue("what is left out stays");

        await shop.Owner.Post($"{Path}/test").Returns(202);
        var tested = (await shop.Owner.Get(Path).Until(answer => answer.Json.TryGetProperty("last_test", out _))).Json.GetProperty("last_test");
        tested.GetProperty("succeeded").GetBoolean().ShouldBeTrue();
        receiver.All.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer second secret");

        await shop.Owner.Post($"{Path}/enable").Returns(204);
        (await shop.Owner.Get(Path).Returns(200)).Json.GetProperty("enabled").GetBoolean().ShouldBeTrue();
        await shop.Owner.Post($"{Path}/disable").Returns(204);
        (await new WholeDatabase(api.Database).Number($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'")).ShouldBe(1, "a replaced one is gone");
        await shop.Owner.Delete(Path).Returns(204);
        (await shop.Owner.Get(Path).Returns(200)).Json.GetProperty("configured").GetBoolean().ShouldBeFalse();
        (await new WholeDatabase(api.Database).Number($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Secrets_are_in_no_event_no_export_no_history_and_in_the_clear_nowhere()
    {
        var shop = await api.NewBusiness(mode: "test");
        await shop.Owner.SteppedUp();
        var secret = $"secret-{Guid.NewGuid():N}";
        await Configure(shop, "https://books.example", secret).Returns(204);
        foreach (var path in new[] { "/business/log/export", "/business/audit", "/events?limit=100", "/business/integrations" })
        {
            (await shop.Owner.Get(path).Returns(200)).Text.ShouldNotContain(secret, customMessage: path);
        }

        var database = new WholeDatabase(api.Database);
        var kept = (await database.Texts($"select sealed from sealed_secrets where tenant_id = '{shop.Id}'")).ShouldHaveSingleItem();
        kept.ShouldStartWith("v1.");
        (await shop.Owner.Get("/business/log/export").Returns(200)).Text.ShouldNotContain(kept, customMessage: "not even sealed");
        (await database.Number($"select count(*) from events where data::text like '%{secret}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_that_is_no_usual_token_is_sent_as_it_is_and_told_in_no_error()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness(mode: "test");
        await Configure(shop, receiver.Url(), "a, \"b").Returns(204);
        await shop.Owner.Post($"{Path}/test").Returns(202);
        await shop.Owner.Get(Path).Until(answer => answer.Json.TryGetProperty("last_test", out _));
        receiver.All.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer a, \"b");
        (await shop.Owner.Get("/business/dead-letters").Returns(200)).Data.ShouldBeEmpty();
        foreach (var secret in new[] { "two\nlines", "sécret", " blank", "" })
        {
            await Configure(shop, receiver.Url(), secret).Refused(400, "setting_invalid");
        }
    }

    [Fact]
    public async Task A_request_that_comes_twice_at_once_leaves_the_secret_that_one_of_them_set()
    {
        var shop = await api.NewBusiness(mode: "test");
        await Configure(shop, "https://books.example", "first").Returns(204);
        var present = await shop.Owner.Get(Path).Returns(200);
        var key = Guid.NewGuid().ToString();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Configure(shop, "https://books.example", "second").IfMatch(present.ETag!).Key(key).Send()));
        (await new WholeDatabase(api.Database).Number($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_another_business_sees_nothing()
    {
        var (acme, globex) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"));
        await Configure(acme, "https://books.example", "secret").Returns(204);
        (await globex.Owner.Get(Path).Returns(200)).Json.GetProperty("configured").GetBoolean().ShouldBeFalse();
        await acme.Owner.Put("/business/integrations/fax", new { settings = Array.Empty<object>() }).Refused(404, "not_found");
        await acme.Owner.Put(Path, new { settings = new[] { new { name = "token", value = "in the open" } } }).Refused(400, "setting_invalid");
        await acme.Owner.Put(Path, new { settings = new[] { new { name = "url", value = "http://10.0.0.1/" } } }).Refused(422, "address_refused");
        await acme.Owner.Put("/business/integrations/accounting", new { settings = new[] { new { name = "company", value = "4711" } } }).Returns(204);
        (await acme.Owner.Post("/business/integrations/accounting/enable").Refused(409, "integration_incomplete")).Json.GetProperty("missing").EnumerateArray()
            .Select(name => name.GetString()).ShouldBe(["url", "api_key"]);
        await acme.Owner.Post("/business/integrations/accounting/test").Refused(409, "integration_incomplete");
    }

    [Fact]
    public async Task Without_the_plan_s_feature_nothing_is_set_or_begins_but_all_can_be_ended()
    {
        var shop = await api.NewBusiness(mode: "test");
        await Configure(shop, "https://books.example", "secret").Returns(204);
        var admin = await api.NewOperator();
        await admin.Put($"/admin/businesses/{shop.Id}/features/custom_integrations", new { on = false, reason = "another plan" }).Returns(204);
        await Configure(shop, "https://books.example", "secret").Refused(403, "custom_integrations_not_in_plan");
        await shop.Owner.Post($"{Path}/enable").Refused(403, "custom_integrations_not_in_plan");
        await shop.Owner.Post($"{Path}/test").Refused(403, "custom_integrations_not_in_plan");
        await shop.Owner.Get(Path).Returns(200);
        await shop.Owner.Post($"{Path}/disable").Returns(204);
        await shop.Owner.Delete(Path).Returns(204);
    }

    private static ApiRequest Configure(TestBusiness shop, string url, string? token = null) => shop.Owner.Put(Path, new
    {
        settings = new[] { new { name = "url", value = url } },
        secrets = token is null ? [] : new[] { new { name = "token", value = token } },
    });

    private static JsonElement Secret(ApiAnswer answer) => answer.Json.GetProperty("secrets").EnumerateArray().Single();
}
