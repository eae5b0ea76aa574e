using FluentValidation;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mainstreet.Api.Tests.Http;

/// <summary>The headers and conditions around every request and answer (requirements part 9).</summary>
public sealed class Envelopes : IAsyncLifetime
{
    private static readonly Committed Done = new(17) { Position = 42 };

    private EdgeApp app = null!;

    public async ValueTask InitializeAsync() => app = await EdgeApp.Start(api =>
    {
        api.MapGet("/context", (RequestContext context) => Answers.Ok(new { context.MinPosition, Wait = context.Wait.TotalMilliseconds, context.RequestId, context.TraceParent })).WithName("GetContext").Public();
        api.MapGet("/view", (RequestContext context) =>
        {
            (context.ProjectionPosition, context.ProjectionVersion) = (40, "3");
            return Answers.Ok("seen", version: 5);
        }).WithName("GetView").Public();
        api.MapGet("/rows", (Paging paging, string? q) => Answers.Page(paging.Request.Cut([.. Enumerable.Range(1, paging.Request.Rows)], "rows", row => [row]), row => new { Row = row, q })).WithName("ListRows").Public();
        api.MapPost("/ship", (IfMatch ifMatch) => ifMatch.Version is null or 17 ? Answers.NoContent(Done) : throw Refuse(ErrorKind.Stale)).WithName("Ship").Public();
        api.MapPost("/orders", () => Answers.Created("/orders/7", new { Id = 7 }, Done)).WithName("PlaceOrder").Public().RequireIdempotencyKey();
        api.MapPost("/keyed/{id}", async (string id, RequestContext context, HttpRequest request) =>
        {
            context.Replayed = request.Headers.ContainsKey("X-Replay");
            using var reader = new StreamReader(request.Body);
            return Answers.Ok(new { context.CommandId, Fingerprint = context.Fingerprint is { } print ? Convert.ToHexString(print) : null, Body = await reader.ReadToEndAsync() });
        }).WithName("Keyed").RequirePermission(Permissions.OrdersWrite);
        api.MapPost("/fail/{kind}", (string kind) => Fail(kind)).WithName("Fail").Public();
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Answers_name_version_and_position()
    {
        var shipped = await app.Guest.Post("/ship").Returns(204);
        (shipped.ETag, shipped.Position, shipped.Text).ShouldBe(("\"v17\"", 42L, ""));

        var placed = await app.Guest.Post("/orders").Key("1").Returns(201);
        (placed.ETag, placed.Position, placed.Header("Location"), placed.Text).ShouldBe(("\"v17\"", 42L, "/api/v1/orders/7", """{"id":7}"""));

        var view = await app.Guest.Get("/view").Returns(200);
        (view.ETag, view.Header("Projection-Position"), view.Header("Projection-Version")).ShouldBe(("\"v5\"", "40", "3"));
    }

    [Fact]
    public async Task A_session_waits_for_what_it_wrote()
    {
        var session = app.Guest;
        await session.Post("/ship").Returns(204);
        var context = (await session.Get("/context").Returns(200)).Json;
        context.GetProperty("min_position").GetInt64().ShouldBe(42);
        (await app.Guest.Get("/context?min_position=7&wait_ms=0").Returns(200)).Json.GetProperty("wait").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("\"v17\"", 204)]
    [InlineData("*", 204)]
    [InlineData("\"v16\"", 412)]
    [InlineData("v17", 400)]
    [InlineData("W/\"v17\"", 400)]
    [InlineData("\"v17\", \"v18\"", 400)]
    [InlineData("\"v-1\"", 400)]
    [InlineData("\"v99999999999\"", 400)]
    public async Task If_match_is_one_strong_tag(string tag, int status) => await app.Guest.Post("/ship").IfMatch(tag).Returns(status);

    [Fact]
    public async Task Pages_link_to_the_next_one_with_the_same_filters()
    {
        var page = await app.Guest.Get("/rows?limit=2&q=a%20b").Returns(200);
        page.Data.Select(row => row.GetProperty("row").GetInt32()).ShouldBe([1, 2]);
        page.Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var cursor = page.Json.GetProperty("next_cursor").GetString();
        page.Header("Link").ShouldBe($"</api/v1/rows?limit=2&q=a%20b&cursor={cursor}>; rel=\"next\"");
    }

    [Fact]
    public async Task A_request_id_is_echoed_or_made()
    {
        (await app.Guest.Get("/context").With("X-Request-Id", "my-id").Returns(200)).Header("X-Request-Id").ShouldBe("my-id");
        foreach (var bad in (string[])[new string('x', 129), "two words"])
        {
            (await app.Guest.Get("/context").With("X-Request-Id", bad).Returns(200)).Header("X-Request-Id")!.Length.ShouldBe(32);
        }

        var problem = await app.Guest.Get("/nothing").With("X-Request-Id", "my-id").Returns(404);
        problem.Json.GetProperty("request_id").GetString().ShouldBe("my-id");
        problem.Header("X-Request-Id").ShouldBe("my-id");
    }

    [Fact]
    public async Task A_trace_goes_on()
    {
        const string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var context = (await app.Guest.Get("/context").With("traceparent", parent).Returns(200)).Json;
        context.GetProperty("trace_parent").GetString().ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        (await app.Guest.Get("/context").With("traceparent", "nonsense").Returns(200)).Text.ShouldNotContain("nonsense");
    }

    [Fact]
    public async Task Browsers_are_told_to_be_careful()
    {
        var answer = await app.Guest.Get("/context").Returns(200);
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        answer.Header("Server").ShouldBeNull();
    }

    [Fact]
    public async Task A_key_names_one_request_of_one_caller_on_one_route()
    {
        var (acme, globex) = (new TenantId(Uuid.Named("acme")), new TenantId(Uuid.Named("globex")));
        var first = await Keyed(app.As(Roles.Staff, acme), "/keyed/1", """{"a":1}""", "k");
        var again = await Keyed(app.As(Roles.Staff, acme), "/keyed/1", """{"a":1}""", "k");
        again.ShouldBe(first);

        var other = await Keyed(app.As(Roles.Staff, acme), "/keyed/1", """{"a":2}""", "k");
        other.CommandId.ShouldBe(first.CommandId);
        other.Fingerprint.ShouldNotBe(first.Fingerprint);

        foreach (var elsewhere in new[]
        {
            await Keyed(app.As(Roles.Staff, globex), "/keyed/1", """{"a":1}""", "k"),
            await Keyed(app.As(Roles.Staff, acme), "/keyed/2", """{"a":1}""", "k"),
            await Keyed(app.As(Roles.Staff, acme), "/keyed/1", """{"a":1}""", "K"),
        })
        {
            elsewhere.CommandId.ShouldNotBe(first.CommandId);
        }

        (await app.As(Roles.Staff, acme).Post("/keyed/1", "{}").Returns(200)).Json.TryGetProperty("command_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_body_can_still_be_read_after_it_was_hashed() =>
        (await app.As(Roles.Staff).Post("/keyed/1", """{"a":1}""").Key("k").Returns(200)).Json.GetProperty("body").GetString().ShouldBe("""{"a":1}""");

    [Fact]
    public async Task Replayed_answers_say_so() =>
        (await app.As(Roles.Staff).Post("/keyed/1").Key("k").With("X-Replay", "1").Returns(200)).Header("Idempotency-Replayed").ShouldBe("true");

    [Fact]
    public async Task Keys_are_visible_and_short_and_sometimes_needed()
    {
        await app.Guest.Post("/orders").Refused(400, "idempotency_key_required");
        await app.Guest.Post("/orders").Key(new string('k', 256)).Refused(400, "invalid_idempotency_key");
        await app.Guest.Post("/orders").Key("a b").Refused(400, "invalid_idempotency_key");
        await app.Guest.Post("/orders").Key(new string('k', 255)).Returns(201);
    }

    [Theory]
    [InlineData("rule", 422)]
    [InlineData("conflict", 409)]
    [InlineData("notfound", 404)]
    [InlineData("forbidden", 403)]
    [InlineData("unauthenticated", 401)]
    [InlineData("stale", 412)]
    [InlineData("invalid", 400)]
    [InlineData("locked", 423)]
    public async Task Refusals_of_the_domain_have_a_status(string kind, int status)
    {
        var problem = await app.Guest.Post($"/fail/{kind}").Refused(status, "some_rule");
        problem.Json.GetProperty("type").GetString().ShouldBe("/problems/some_rule");
        problem.Json.GetProperty("title").GetString().ShouldBe("Some rule");
        problem.Json.GetProperty("detail").GetString().ShouldBe("No.");
        problem.Json.GetProperty("status").GetInt32().ShouldBe(status);
        problem.Json.GetProperty("allowed_transitions").EnumerateArray().Select(step => step.GetString()).ShouldBe(["ship"]);
    }

    [Fact]
    public async Task Failed_validation_points_at_the_body()
    {
        var problem = await app.Guest.Post("/fail/validation", new { }).Refused(400, "validation_failed");
        problem.Faults.ShouldBe(["/lines/1/quantity greater_than", "/driver_id not_empty"]);
        problem.Text.ShouldContain("'driver_id' must not be empty");
    }

    [Fact]
    public async Task Not_now_says_when()
    {
        var problem = await app.Guest.Post("/fail/unavailable").Refused(503, "projection_lagging");
        problem.Header("Retry-After").ShouldBe("2");
        problem.Json.GetProperty("lag").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task What_nobody_foresaw_tells_nothing()
    {
        var problem = await app.Guest.Post("/fail/bug").Refused(500, "internal_error");
        problem.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["type", "title", "status", "code", "request_id"]);
    }

    [Fact]
    public async Task The_process_is_live_and_ready()
    {
        (await app.Guest.Get("~/health/live").Returns(200)).Json.GetProperty("status").GetString().ShouldBe("healthy");
        await app.Guest.Get("~/health/ready").Returns(200);
    }

    private static async Task<(Guid CommandId, string? Fingerprint)> Keyed(Session session, string path, string body, string key)
    {
        var answer = (await session.Post(path, body).Key(key).Returns(200)).Json;
        return (answer.GetProperty("command_id").GetGuid(), answer.GetProperty("fingerprint").GetString());
    }

    private static DomainException Refuse(ErrorKind kind) => new(new("some_rule", "No.", kind,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["allowed_transitions"] = (string[])["ship"] }));

    private static NoContentAnswer Fail(string kind) => kind switch
    {
        "bug" => throw new InvalidOperationException("secret"),
        "unavailable" => throw new UnavailableException("projection_lagging", "Later.", TimeSpan.FromMilliseconds(1200),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["lag"] = 3 }),
        "validation" => throw new ValidationException(new Rules().Validate(new Command([new(1), new(0)], default)).Errors),
        _ => throw Refuse(Enum.Parse<ErrorKind>(kind, ignoreCase: true)),
    };

    private sealed record Command(Line[] Lines, DriverId DriverId);

    private sealed record Line(decimal Quantity);

    private sealed class Rules : AbstractValidator<Command>
    {
        public Rules()
        {
            RuleForEach(command => command.Lines).ChildRules(line => line.RuleFor(l => l.Quantity).GreaterThan(0));
            RuleFor(command => command.DriverId.Value).NotEmpty();
        }
    }
}
