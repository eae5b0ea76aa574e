using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Exports;

/// <summary>On a product of its own: one test keeps everybody from the orders.</summary>
public sealed class ExportingLists(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_list_becomes_a_file_with_a_count_and_a_checksum_that_a_link_downloads()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        await shop.NewWebhook(receiver, ["export.*"]);
        TestOrder[] orders = [await api.NewOrder(shop), await api.NewOrder(shop)];

        var (id, link) = await owner.NewExport("orders");
        var export = (await owner.Get($"/exports/{id}").Returns(200)).Json;
        var file = await api.Guest.Get(link.Path).Returns(200);

        file.Header("Content-Disposition").ShouldStartWith("attachment; filename=\"orders-");
        export.GetProperty("rows").GetInt32().ShouldBe(2);
        export.GetProperty("bytes").GetInt32().ShouldBe(Encoding.UTF8.GetByteCount(file.Text));
        export.Text("sha256").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text))));
        var rows = Lines(file);
        rows.Select(row => row.GetProperty("order_id").GetGuid()).ShouldBe(orders.Select(order => order.Id), ignoreOrder: true);
        rows[0].GetProperty("contact").Text("email").ShouldBe("carla@example.com");
        rows[0].GetProperty("total").GetProperty("amount").GetInt64().ShouldBe(orders[0].Total);
        file.Text.ShouldNotContain("tracking_token_hash");
        var told = await receiver.Next();
        (told.Type, told.Subject, told.Json.GetProperty("data").GetProperty("file").Text("sha256")).ShouldBe(("export.completed", id, export.Text("sha256")));
    }

    [Fact]
    public async Task Three_at_once_are_each_whole_and_events_have_the_ids_of_the_feed()
    {
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        await api.NewOrder(shop);
        var feed = (await owner.Get("/events?limit=100").Returns(200)).Data.Select(e => e.GetProperty("id").GetGuid()).ToArray();

        var exports = await Task.WhenAll(owner.NewExport("events"), owner.NewExport("products"), owner.NewExport("customers", "csv"));

        Lines(await api.Guest.Get(exports[0].Link.Path).Returns(200)).Select(e => e.GetProperty("id").GetGuid()).Take(feed.Length).ShouldBe(feed);
        Lines(await api.Guest.Get(exports[1].Link.Path).Returns(200)).ShouldHaveSingleItem().GetProperty("variants").GetArrayLength().ShouldBeGreaterThan(0);
        var customers = (await api.Guest.Get(exports[2].Link.Path).Returns(200)).Text.Split("\r\n");
        customers[0].ShouldBe("customer_id,contact.name,contact.email,contact.phone,orders,first_order_at,last_order_at");
        customers[1].ShouldContain("carla@example.com,");
    }

    [Fact]
    public async Task A_table_runs_nothing_when_it_is_opened()
    {
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        await owner.Post("/business/categories", new { name = "=HYPERLINK(\"http://evil.example\")" }).Returns(201);

        var table = (await api.Guest.Get((await owner.NewExport("categories", "csv")).Link.Path).Returns(200)).Text;

        table.ShouldContain("\"'=HYPERLINK(\"\"http://evil.example\"\")\"");
        table.ShouldNotContain(",=");
    }

    [Fact]
    public async Task A_link_is_of_one_file_and_one_time()
    {
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        var (first, link) = await owner.NewExport("orders");
        var (second, _) = await owner.NewExport("stock");

        await api.Guest.Get($"/exports/{second}/file?expires={link.Expires}&token={link.Token}").Refused(404, "not_found");
        await api.Guest.Get($"/exports/{first}/file?expires={long.Parse(link.Expires, null) + 1}&token={link.Token}").Refused(404, "not_found");
        await api.Guest.Get($"/exports/{first}/file?expires=1&token={link.Token}").Refused(404, "not_found");
        await api.Guest.Get($"/exports/{first}/file?expires=-1&token={link.Token}").Refused(400, "invalid_parameter");
    }

    [Fact]
    public async Task A_file_expires_with_its_time_and_with_whoever_is_in_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        var owner = shop.Owner;
        var order = await api.NewOrder(shop);
        await owner.Post($"{order.Path}/cancel", new { reason = "sold_out" }).Returns(204);
        var (people, link) = await owner.NewExport("orders");
        var (things, other) = await owner.NewExport("products");

        await shop.Erase(await shop.CustomerOf(order)).Returns(201);

        await owner.Get($"/exports/{people}").Until(answer => answer.Json.Text("status") == "expired");
        await api.Guest.Get(link.Path).Refused(409, "export_file_gone");
        await api.Guest.Get(other.Path).Returns(200);
        Lines(await api.Guest.Get((await owner.NewExport("orders")).Link.Path).Returns(200)).ShouldHaveSingleItem().ToString().ShouldNotContain("carla@example.com");
        await owner.Post($"/test-clocks/{shop.TestClockId}/advance", new { by = "P8D" }).Returns(200);
        await owner.Get($"/exports/{things}").Until(answer => answer.Json.Text("status") == "expired");
    }

    [Fact]
    public async Task A_run_that_begins_its_file_after_the_end_leaves_nothing()
    {
        var shop = await api.NewBusiness();
        await api.NewOrder(shop);
        var database = new WholeDatabase(api.Database);
        await database.Settle(); // what is still to be folded into the view would wait for the lock, and the test for that
        await using (await database.Shut("orders"))
        {
            var id = (await shop.Owner.Post("/exports", new { list = "orders" }).Returns(201)).Id;
            await database.Until("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%rm.orders%'", waiting => waiting > 0); // it is about to count
            await shop.Owner.Post($"/exports/{id}/cancel").Returns(204);
            await database.Until($"""
                select (select count(*) from dirty_tenants((select array_agg(name) from subscriptions))) + (select count(*) from messages where tenant_id = '{shop.Id}' and type = 'export.remove_file')
                """, 0); // the file is removed before there is one
        }

        await database.Settle();
        (await database.Number($"select count(*) from export_parts where tenant_id = '{shop.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_exports_what_they_cannot_read_or_what_there_is_not()
    {
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        await (await api.NewBusiness(owner: await api.NewUser())).Owner.Post("/exports", new { list = "orders" }).Refused(403, "step_up_required");
        await owner.Post("/exports", new { list = "secrets" }).Refused(400, "validation_failed");
        await owner.Post("/exports", new { list = "orders", format = "pdf" }).Refused(400, "invalid_json");
        var books = (await api.NewKey(shop, "data:export", "orders:read")).Program;
        await books.Post("/exports", new { list = "products" }).Refused(403, "export_list_forbidden");
        var (id, _) = await books.NewExport("orders");
        await owner.Post($"/exports/{id}/cancel").Refused(409, "export_ended");
        await owner.Post("/exports", new { list = "orders", id }).Refused(409, "already_exists");
        var (products, _) = await owner.NewExport("products");
        (await books.Get($"/exports/{products}").Returns(200)).Json.TryGetProperty("download", out _).ShouldBeFalse("the link is for those who may read the list");
        (await books.Get($"/exports/{id}").Returns(200)).Json.TryGetProperty("download", out _).ShouldBeTrue();
    }

    private static JsonElement[] Lines(ApiAnswer file) => [.. file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
