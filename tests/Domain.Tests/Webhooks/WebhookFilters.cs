using System.Text.Json;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Domain.Tests.Webhooks;

public class WebhookFilters
{
    private static readonly JsonElement Data = Json("""{"total":{"amount":12000,"currency":"EUR"},"lines":[{"sku":"A/1"},{"sku":"B"}],"tax_included":true,"note":null,"a/b":{"~":1}}""");

    [Theory]
    [InlineData("/total/amount", WebhookFilterOp.Gt, "10000", true)]
    [InlineData("/total/amount", WebhookFilterOp.Gt, "12000", false)]
    [InlineData("/total/amount", WebhookFilterOp.Gte, "12000.0", true)]
    [InlineData("/total/amount", WebhookFilterOp.Lt, "12000.5", true)]
    [InlineData("/total/amount", WebhookFilterOp.Lte, "11999", false)]
    [InlineData("/total/amount", WebhookFilterOp.Eq, "12e3", true)]
    [InlineData("/total/amount", WebhookFilterOp.Gt, "\"1\"", false)]
    [InlineData("/total/currency", WebhookFilterOp.Eq, "\"EUR\"", true)]
    [InlineData("/total/currency", WebhookFilterOp.Ne, "\"EUR\"", false)]
    [InlineData("/total/currency", WebhookFilterOp.Lt, "\"F\"", true)]
    [InlineData("/total/currency", WebhookFilterOp.In, "[\"USD\",\"EUR\"]", true)]
    [InlineData("/total/currency", WebhookFilterOp.In, "[\"USD\",1]", false)]
    [InlineData("/tax_included", WebhookFilterOp.Eq, "true", true)]
    [InlineData("/tax_included", WebhookFilterOp.Ne, "true", false)]
    [InlineData("/tax_included", WebhookFilterOp.Eq, "false", false)]
    [InlineData("/lines/1/sku", WebhookFilterOp.Eq, "\"B\"", true)]
    [InlineData("/lines/2/sku", WebhookFilterOp.Eq, "\"B\"", false)]
    [InlineData("/lines/-1/sku", WebhookFilterOp.Exists, "true", false)]
    [InlineData("/a~1b/~0", WebhookFilterOp.Eq, "1", true)]
    [InlineData("/missing", WebhookFilterOp.Eq, "1", false)]
    [InlineData("/missing", WebhookFilterOp.Ne, "1", true)]
    [InlineData("/missing", WebhookFilterOp.Lt, "1", false)]
    [InlineData("/missing", WebhookFilterOp.Exists, null, false)]
    [InlineData("/missing", WebhookFilterOp.Exists, "false", true)]
    [InlineData("/note", WebhookFilterOp.Exists, "true", false)]
    [InlineData("/total", WebhookFilterOp.Exists, null, true)]
    public void Look_at_the_data(string path, WebhookFilterOp op, string? value, bool holds) =>
        new WebhookFilter(path, op, value is null ? null : Json(value)).Holds(Data).ShouldBe(holds);

    [Theory]
    [InlineData("100")]
    [InlineData("\"EUR\"")]
    [InlineData("true")]
    [InlineData("[1,\"b\",false]")]
    public void Are_stored_with_their_value(string value)
    {
        var settings = new WebhookEndpointSettings("https://hooks.example/", ["*"], Filters: [new("/x", WebhookFilterOp.Eq, Json(value))]);
        var stored = JsonSerializer.Serialize(new WebhookEndpointUpdated(new(Uuid.Named("hook")), settings, DateTimeOffset.UnixEpoch), EventJson.Options);
        stored.ShouldContain($"\"value\":{value}");
        JsonSerializer.Deserialize<WebhookEndpointUpdated>(stored, EventJson.Options)!.Settings.SameAs(settings).ShouldBeTrue();
    }

    [Fact]
    public void Let_events_of_other_types_pass_unseen()
    {
        var settings = new WebhookEndpointSettings("https://hooks.example/", ["order.*"], Filters: [new("/x", WebhookFilterOp.Exists, null, ["order.placed"])]);
        settings.Wants("order.placed", () => Data).ShouldBeFalse();
        settings.Wants("order.confirmed", () => throw new InvalidOperationException("It was looked at.")).ShouldBeTrue();
        settings.Wants("stock.low", () => Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Authorization", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("Host", false)]
    [InlineData("connection", false)]
    [InlineData("Transfer-Encoding", false)]
    [InlineData("Content-Type", false)]
    [InlineData("webhook-signature", false)]
    [InlineData("WEBHOOK-ID", false)]
    [InlineData("Proxy-Authorization", false)]
    [InlineData("X-Forwarded-For", false)]
    [InlineData("User-Agent", false)]
    [InlineData("traceparent", false)]
    [InlineData(":authority", false)]
    [InlineData("X Header", false)]
    [InlineData("X-Header:", false)]
    [InlineData("", false)]
    public void Headers_of_the_connection_and_of_webhooks_are_not_for_others(string name, bool allowed) => WebhookHeader.IsName(name).ShouldBe(allowed);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
