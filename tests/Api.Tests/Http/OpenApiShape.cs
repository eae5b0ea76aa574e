using System.Text.Json;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mainstreet.Api.Tests.Http;

/// <summary>What the document says about an endpoint follows from the endpoint, so that nobody writes it twice.</summary>
public sealed class OpenApiShape : IAsyncLifetime
{
    private EdgeApp app = null!;
    private JsonElement document;

    public async ValueTask InitializeAsync()
    {
        app = await EdgeApp.Start(api =>
        {
            api.MapGet("/orders/{orderId}", (Guid orderId) => Answers.Ok(new OrderView(new(orderId), Status.InTransit, new(1, "EUR"), null, null, []), 1))
                .WithName("GetOrder").WithTags("Orders").RequirePermission(Permissions.OrdersRead);
            api.MapGet("/orders", (Choice<Status>? status, Sort<SortBy>? sort, DateTimeOffset? placedAfter, Paging paging) => Answers.Page(new Page<OrderView>([], HasMore: false, null)))
                .WithName("ListOrders").RequirePermission(Permissions.OrdersRead);
            api.MapPost("/orders", (NewOrder order) => Answers.Created("/orders/1", order, new(1)))
                .WithName("PlaceOrder").Public().RequireIdempotencyKey().Refuses(422, "out_of_stock");
            api.MapPost("/orders/{orderId}/ship", (Guid orderId, IfMatch ifMatch) => Answers.NoContent(new(ifMatch.Version ?? 1)))
                .WithName("ShipOrder").RequirePermission(Permissions.OrdersWrite).Refuses(409, "illegal_transition");
        });
        document = (await app.Guest.Get("~/openapi/v1.json").Returns(200)).Json;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public void It_is_3_1_with_paths_in_snake_case()
    {
        document.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ShouldBe(
            ["/api/v1/orders", "/api/v1/orders/{order_id}", "/api/v1/orders/{order_id}/ship"]);
    }

    [Fact]
    public void Operations_are_named_and_secured_as_declared()
    {
        var get = Operation("/orders/{order_id}", "get");
        get.GetProperty("operationId").GetString().ShouldBe("GetOrder");
        get.GetProperty("tags")[0].GetString().ShouldBe("Orders");
        get.GetProperty("description").GetString().ShouldBe("Permission: `orders:read`");
        get.GetProperty("security")[0].EnumerateObject().Single().Name.ShouldBe("bearer");
        Operation("/orders", "post").TryGetProperty("security", out _).ShouldBeFalse();
    }

    [Fact]
    public void Parameters_are_as_callers_write_them()
    {
        Parameters("/orders/{order_id}", "get").ShouldBe(["path order_id!", "query min_position", "query wait_ms"]);
        Parameters("/orders", "get").ShouldBe(
            ["query status", "query sort", "query placed_after", "query limit", "query cursor", "query min_position", "query wait_ms"]);
        Parameters("/orders", "post").ShouldBe(["header Idempotency-Key!", "header Prefer"]);
        Parameters("/orders/{order_id}/ship", "post").ShouldBe(["path order_id!", "header If-Match", "header Idempotency-Key", "header Prefer"]);

        var list = Operation("/orders", "get").GetProperty("parameters");
        Texts(list[0].GetProperty("schema").GetProperty("enum")).ShouldBe(["new", "in_transit"]);
        Texts(list[1].GetProperty("schema").GetProperty("enum")).ShouldBe(["placed_at", "-placed_at"]);
    }

    [Fact]
    public void Problems_follow_from_the_shape_and_are_declared_beyond_it()
    {
        Responses("/orders/{order_id}", "get").ShouldBe(["200", "400", "401", "403", "404", "429", "503", "504"]);
        Responses("/orders", "post").ShouldBe(["201", "400", "413", "415", "422", "423", "429", "503", "504"]);
        Responses("/orders/{order_id}/ship", "post").ShouldBe(["204", "400", "401", "403", "404", "409", "412", "422", "423", "429", "503", "504"]);
        var refused = Operation("/orders", "post").GetProperty("responses").GetProperty("422");
        refused.GetProperty("description").GetString().ShouldBe("`idempotency_key_reused`, `dry_run_not_possible`, `out_of_stock`");
        refused.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/Problem");
    }

    [Fact]
    public void Answers_name_their_headers_and_bodies()
    {
        var placed = Operation("/orders", "post").GetProperty("responses").GetProperty("201");
        placed.GetProperty("headers").EnumerateObject().Select(header => header.Name).ShouldBe(["Location", "ETag", "Event-Position"]);
        placed.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/NewOrder");
        Operation("/orders", "get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json")
            .GetProperty("schema").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/OrderViewPage");
    }

    [Fact]
    public void Nothing_is_nullable_and_what_is_always_there_is_required()
    {
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Texts(schemas.GetProperty("OrderView").GetProperty("required")).ShouldBe(["id", "lines", "status", "total"]);
        Texts(schemas.GetProperty("NewOrder").GetProperty("required")).ShouldBe(["name"]);
        Texts(schemas.GetProperty("Money").GetProperty("required")).ShouldBe(["amount", "currency"]);
        Texts(schemas.GetProperty("Status").GetProperty("enum")).ShouldBe(["new", "in_transit"]);
        schemas.GetProperty("OrderView").GetProperty("properties").GetProperty("id").GetProperty("format").GetString().ShouldBe("uuid");
        schemas.GetRawText().ShouldNotContain("\"null\"");
        schemas.TryGetProperty("OrderId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_can_be_read_by_people() => (await app.Guest.Get("~/swagger/index.html").Returns(200)).Text.ShouldContain("Mainstreet API");

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private JsonElement Operation(string path, string method) => document.GetProperty("paths").GetProperty("/api/v1" + path).GetProperty(method);

    private string[] Responses(string path, string method) => [.. Operation(path, method).GetProperty("responses").EnumerateObject().Select(response => response.Name)];

    private string[] Parameters(string path, string method) => [.. Operation(path, method).GetProperty("parameters").EnumerateArray().Select(parameter =>
        $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}{(parameter.TryGetProperty("required", out var required) && required.GetBoolean() ? "!" : "")}")];

    private enum Status
    {
        New,
        InTransit,
    }

    private enum SortBy
    {
        PlacedAt,
    }

    private sealed record Line(string Name, Status? Status);

    private sealed record OrderView(OrderId Id, Status Status, Money Total, Status? Before, Money? Paid, Line[] Lines);

    private sealed record NewOrder(string Name, string? Note, Status? Status, Money? Tip, int Count = 1);
}
