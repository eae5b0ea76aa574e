namespace Mainstreet.Api.Tests.Orders;

public sealed class ListingOrders(ApiFixture api)
{
    [Fact]
    public async Task Newest_first_in_pages_by_status_number_and_time()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        await acme.Owner.Patch("/business/settings", new { order_prefix = "A-" }).Returns(204);
        var orders = new List<TestOrder>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await api.Buy(acme, lamp));
        }

        await acme.Owner.Post($"{orders[1].Path}/confirm").Returns(204);
        var middle = (await acme.Owner.Get(orders[2].Path).Returns(200)).Json.Text("created_at");

        (await Listed("")).ShouldBe(["A-1005", "A-1004", "A-1003", "A-1002", "A-1001"]);
        (await Listed("status=confirmed")).ShouldBe(["A-1002"]);
        (await Listed("status=pending&q=A-100")).ShouldBe(["A-1005", "A-1004", "A-1003", "A-1001"]);
        (await Listed("q=A-1004")).ShouldBe(["A-1004"]);
        (await Listed("q=1004")).ShouldBeEmpty();
        (await Listed($"created_after={middle}")).ShouldBe(["A-1005", "A-1004", "A-1003"]);
        (await Listed($"created_before={middle}")).ShouldBe(["A-1002", "A-1001"]);

        var first = (await acme.Owner.Get("/business/orders?limit=2").Returns(200)).Json.Text("next_cursor");
        await api.Buy(acme, lamp); // does not shift what comes next
        var second = await acme.Owner.Get($"/business/orders?limit=2&cursor={first}").Returns(200);
        second.Data.Select(order => order.Text("number")).ShouldBe(["A-1003", "A-1002"]);
        (await Listed($"limit=2&cursor={second.Json.Text("next_cursor")}")).ShouldBe(["A-1001"]);
        await acme.Owner.Get($"/business/orders?limit=2&status=pending&cursor={first}").Refused(400, "invalid_cursor");

        async Task<string?[]> Listed(string query) =>
            [.. (await acme.Owner.Get($"/business/orders?{query}").Returns(200)).Data.Select(order => order.Text("number"))];
    }

    [Fact]
    public async Task A_row_says_what_is_to_be_done()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell(), 2);
        var row = (await acme.Owner.Get("/business/orders").Returns(200)).Data.ShouldHaveSingleItem();
        row.GetProperty("id").GetGuid().ShouldBe(order.Id);
        (row.Text("customer_name"), row.GetProperty("line_count").GetInt32(), row.Amount("total")).ShouldBe(("Carla Berg", 1, 9800));
        row.Texts("allowed_transitions").ShouldBe(["confirm", "reject", "amend", "cancel"]);
        row.GetProperty("accept_by").GetDateTimeOffset().ShouldBe(row.GetProperty("created_at").GetDateTimeOffset().AddMinutes(10));
        (await (await api.NewBusiness("globex")).Owner.Get("/business/orders").Returns(200)).Data.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("status=lost")]
    [InlineData("created_after=yesterday")]
    [InlineData("limit=0")]
    public async Task What_cannot_be_asked_is_refused(string query) =>
        await (await api.NewBusiness("acme")).Owner.Get($"/business/orders?{query}").Refused(400, "invalid_parameter");
}
