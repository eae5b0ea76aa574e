using System.Net.Http.Headers;
using System.Text;
using Mainstreet.Api.Http;
using Mainstreet.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mainstreet.Api.Tests.Http;

/// <summary>Whatever a caller sends, the answer is a problem that names the place, never a 5xx.</summary>
public sealed class BadInput : IAsyncLifetime
{
    private EdgeApp app = null!;

    public async ValueTask InitializeAsync() => app = await EdgeApp.Start(api =>
    {
        api.MapPost("/things", (Thing thing) => Answers.Ok(thing)).WithName("MakeThing").Public();
        api.MapPost("/anything", (System.Text.Json.JsonElement thing) => Answers.Ok(thing)).WithName("MakeAnything").Public();
        api.MapPost("/texts", async (HttpRequest request) => Answers.Ok(new { Length = (await new StreamReader(request.Body).ReadToEndAsync()).Length }))
            .WithName("MakeText").Public().AllowBody(2000);
        api.MapGet("/things/{thingId}", (Guid thingId, int? maxWeight, Choice<Colour>? colour, DateTimeOffset? createdAfter, string? q, Paging paging) =>
            Answers.Ok(new { ThingId = thingId, maxWeight, Colour = colour?.Value, createdAfter, q, paging.Request.Limit })).WithName("GetThing").Public();
        api.MapGet("/search", (string q) => Answers.Ok(q)).WithName("Search").Public();
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private const string Good = """{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[{"count":1.5}]}""";

    [Fact]
    public async Task What_is_right_passes_and_optional_members_may_be_missing()
    {
        var answer = await app.Guest.Post("/things", Good).Returns(200);
        answer.Text.ShouldBe(Good);
    }

    [Theory]
    [InlineData("""{"name":"a",""", "invalid_json", "/name invalid_json")]
    [InlineData("""{"parts":[{"count":1},{"count":}]}""", "invalid_json", "/parts/1/count invalid_json")]
    [InlineData("""{"name":"a"} x""", "invalid_json", " invalid_json")]
    [InlineData("""{"name":"a" /* why */}""", "invalid_json", "/name invalid_json")]
    [InlineData("""{"name":"a",}""", "invalid_json", "/name invalid_json")]
    [InlineData("""{"name":"a\u0000b"}""", "invalid_text", "/name invalid_text")]
    [InlineData("""{"parts":[{"count":1},{"note":"\ud800"}]}""", "invalid_text", "/parts/1/note invalid_text")]
    [InlineData("""{"\u0000":1}""", "invalid_text", " invalid_text")]
    [InlineData("""{"weight":1e999}""", "invalid_number", "/weight invalid_number")]
    [InlineData("""{"parts":[{"count":1},null]}""", "validation_failed", "/parts/1 required")]
    public async Task Broken_json_is_refused_wherever_it_stands(string body, string code, string fault)
    {
        foreach (var path in (string[])["/things", "/anything"])
        {
            var answer = await app.Guest.Post(path, body).Refused(400, code);
            answer.Faults.ShouldBe([fault]);
        }
    }

    [Theory]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[],"wieght":2}""", "unknown_field", "/wieght unknown_field")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[{"count":1,"x":1}]}""", "unknown_field", "/parts/0/x unknown_field")]
    [InlineData("""{"colour":"dark_red","price":{"amount":1,"currency":"EUR"},"parts":[]}""", "validation_failed", "/name required|/weight required")]
    [InlineData("""{"name":null,"colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "validation_failed", "/name required")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1},"parts":[]}""", "validation_failed", "/price/currency required")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":"1","price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/weight invalid_json")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1.5,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/weight invalid_json")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":99999999999,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/weight invalid_json")]
    [InlineData("""{"name":"a","colour":"DarkRed","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/colour invalid_json")]
    [InlineData("""{"name":"a","colour":"blue, dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/colour invalid_json")]
    [InlineData("""{"name":"a","colour":1,"weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/colour invalid_json")]
    [InlineData("""{"name":["a"],"colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/name invalid_json")]
    [InlineData("""{"name":"a","name":"b","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[]}""", "invalid_json", "/name invalid_json")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[],"product_id":"x"}""", "invalid_json", "/product_id invalid_json")]
    [InlineData("""{"name":"a","colour":"dark_red","weight":1,"price":{"amount":1,"currency":"EUR"},"parts":[],"made_at":"yesterday"}""", "invalid_json", "/made_at invalid_json")]
    [InlineData("[]", "invalid_json", " invalid_json")]
    [InlineData("7", "invalid_json", " invalid_json")]
    [InlineData("\"\"", "invalid_json", " invalid_json")]
    public async Task Values_that_do_not_fit_are_named(string body, string code, string faults)
    {
        var answer = await app.Guest.Post("/things", body).Refused(400, code);
        answer.Faults.ShouldBe(faults.Split('|'));
        answer.Text.ShouldNotContain("System.");
        answer.Text.ShouldNotContain("Mainstreet");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_body_is_needed(string body) => await app.Guest.Post("/things", body).Refused(400, "body_required");

    [Fact]
    public async Task Nesting_has_an_end() =>
        await app.Guest.Post("/anything", new string('[', 33) + new string(']', 33)).Refused(400, "json_too_deep");

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };
        await app.Guest.Post("/things", content).Refused(400, "invalid_text");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=nonsense")]
    public async Task Other_media_types_are_refused(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        await app.Guest.Post("/things", content).Refused(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/things", 10_000_000)]
    [InlineData("/things", 1_100_000)]
    [InlineData("/texts", 2001)]
    public async Task Large_bodies_are_refused(string path, int bytes)
    {
        await app.Guest.Post(path, new ByteArrayContent(new byte[bytes]) { Headers = { ContentType = new("application/json") } }).Refused(413, "body_too_large");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_bounded_too()
    {
        var content = new StreamContent(new MemoryStream(new byte[2001])) { Headers = { ContentType = new("text/csv") } };
        await app.Guest.Post("/texts", content).With("Transfer-Encoding", "chunked").Refused(413, "body_too_large");
        await app.Guest.Post("/texts", new string('x', 2000)).Returns(200);
    }

    [Theory]
    [InlineData("/things/7", "thing_id invalid_parameter")]
    [InlineData("/things/{id}?max_weight=x", "max_weight invalid_parameter")]
    [InlineData("/things/{id}?max_weight=99999999999", "max_weight invalid_parameter")]
    [InlineData("/things/{id}?max_weight=1&max_weight=2", "max_weight invalid_parameter")]
    [InlineData("/things/{id}?colour=DarkRed", "colour invalid_parameter")]
    [InlineData("/things/{id}?colour=1", "colour invalid_parameter")]
    [InlineData("/things/{id}?created_after=soon", "created_after invalid_parameter")]
    [InlineData("/things/{id}?limit=0", "limit invalid_parameter")]
    [InlineData("/things/{id}?limit=101", "limit invalid_parameter")]
    [InlineData("/things/{id}?limit=-1", "limit invalid_parameter")]
    [InlineData("/things/{id}?min_position=-1", "min_position invalid_parameter")]
    [InlineData("/things/{id}?min_position=99999999999999999999", "min_position invalid_parameter")]
    [InlineData("/things/{id}?wait_ms=5001", "wait_ms invalid_parameter")]
    [InlineData("/things/{id}?maxWeight=1", "maxWeight unknown_parameter")]
    [InlineData("/things/{id}?color=red", "color unknown_parameter")]
    [InlineData("/things/{id}?q=%00", "q invalid_text")]
    [InlineData("/search", "q missing_parameter")]
    public async Task Parameters_that_do_not_fit_are_named(string path, string fault)
    {
        var answer = await app.Guest.Get(path.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal)).Returns(400);
        answer.Faults.ShouldBe([fault]);
    }

    [Fact]
    public async Task Parameters_are_snake_case_and_times_are_utc()
    {
        var answer = await app.Guest.Get($"/things/{Guid.Empty}?max_weight=3&colour=dark_red&created_after=2026-01-02T03:04:05%2B02:00").Returns(200);
        answer.Json.GetProperty("max_weight").GetInt32().ShouldBe(3);
        answer.Json.GetProperty("created_after").GetString().ShouldBe("2026-01-02T01:04:05Z");
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems()
    {
        await app.Guest.Get("/nothing").Refused(404, "not_found");
        await app.Guest.Get("~/").Refused(404, "not_found");
        (await app.Guest.Delete("/things").Refused(405, "method_not_allowed")).Header("Allow").ShouldBe("POST");
    }

    [Fact]
    public async Task NUL_in_a_path_is_refused() => (await app.Guest.Get("/things/%00").Send()).Status.ShouldBe(400);

    [Fact]
    public async Task Random_bytes_never_make_a_5xx()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 2000; i++)
        {
            var body = Encoding.UTF8.GetBytes(Good);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                body[random.Next(body.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\"\\{}[]:,0u-e.dD8"[random.Next(16)];
            }

            var answer = await app.Guest.Post(i % 2 == 0 ? "/things" : "/anything", new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }).Send();
            answer.Status.ShouldBeLessThan(500, Encoding.UTF8.GetString(body));
        }
    }

    private enum Colour
    {
        Blue,
        DarkRed,
    }

    private sealed record Part(decimal Count, string? Note = null);

    private sealed record Thing(string Name, Colour Colour, int Weight, Money Price, Part[] Parts, string? Comment, ProductId? ProductId, DateTimeOffset? MadeAt);
}
