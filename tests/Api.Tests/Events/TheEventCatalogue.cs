using System.Text.Json.Nodes;
using Mainstreet.Application.Events;

namespace Mainstreet.Api.Tests.Events;

public sealed class TheEventCatalogue(ApiFixture api)
{
    public static TheoryData<string> Types => [.. EventCatalog.All.Select(type => type.Type)];

    [Theory, MemberData(nameof(Types))]
    public async Task Each_type_has_a_schema_that_its_example_follows(string type)
    {
        var body = (await api.Guest.Get($"/event-types/{type}").Returns(200)).Json;
        var (schema, example) = (JsonNode.Parse(body.GetProperty("schema").GetRawText())!.AsObject(), body.GetProperty("example"));

        SchemaCheck.Violations(schema, example).ShouldBeEmpty();
        example.GetProperty("type").GetString().ShouldBe(type);
        schema["properties"]!["data"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldContain("at");
    }

    [Fact]
    public async Task A_schema_says_what_is_there_and_what_can_be_erased()
    {
        var data = JsonNode.Parse((await api.Guest.Get("/event-types/order.placed").Returns(200)).Json.GetProperty("schema").GetRawText())!["properties"]!["data"]!;

        data["required"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldNotContain("drop_off");
        data["required"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldContain("lines");
        data["properties"]!["order_id"]!.ToJsonString().ShouldBe("""{"type":"string","format":"uuid"}""");
        data["properties"]!["total"]!["properties"]!["amount"]!["type"]!.GetValue<string>().ShouldBe("integer");
        data["properties"]!["contact"]!["properties"]!["email"]!["x-personal-data"]!.GetValue<bool>().ShouldBeTrue();
        data["properties"]!["number"]!.AsObject().ContainsKey("x-personal-data").ShouldBeFalse();
        data["properties"]!["channel"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldContain("online");
    }

    [Fact]
    public async Task An_unknown_type_is_not_there() => await api.Guest.Get("/event-types/order.eaten").Refused(404, "not_found");

    [Fact]
    public async Task The_document_describes_each_as_a_webhook()
    {
        var document = (await api.Guest.Get("~/openapi/v1.json").Returns(200)).Json;

        document.GetProperty("webhooks").EnumerateObject().Select(webhook => webhook.Name).ShouldBe(EventCatalog.All.Select(type => type.Type));
        document.GetProperty("webhooks").GetProperty("order.placed").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
            .GetProperty("schema").GetProperty("allOf")[1].GetProperty("properties").GetProperty("data").GetProperty("properties").TryGetProperty("lines", out _).ShouldBeTrue();
    }

    [Fact]
    public void A_body_that_does_not_follow_is_found()
    {
        var (schema, example) = (EventCatalog.Find("order.placed")!.Schema, JsonNode.Parse(EventCatalog.Find("order.placed")!.Example.GetRawText())!);
        example["data"]!.AsObject().Remove("total");
        example["data"]!["lines"]![0]!["line_no"] = "1";
        example["schema_version"] = 2;
        example["id"] = "no uuid";

        SchemaCheck.Violations(schema, System.Text.Json.JsonElement.Parse(example.ToJsonString())).Order(StringComparer.Ordinal).ShouldBe(
            ["/data/lines/0/line_no: is not of type integer", "/data/total: is missing", "/id: is not a uuid", "/schema_version: is not 1"]);
    }
}
