using Mainstreet.Api.Http;
using Mainstreet.Api.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mainstreet.Api.Tests.Http;

/// <summary>How large a request may be and how long it may take (SEC-07): whatever is beyond is refused with a problem that names the limit.</summary>
public sealed class RequestLimits : IAsyncLifetime
{
    private EdgeApp app = null!;

    public async ValueTask InitializeAsync() => app = await EdgeApp.Start(
        api =>
        {
            api.MapGet("/open", () => Answers.Ok("open")).WithName("Open").Public();
            api.MapPost("/rows", (RowsRequest request) => Answers.Ok(request.Rows.Length)).WithName("AddRows").Public();
            api.MapPost("/small", (RowsRequest request) => Answers.Ok(request.Rows.Length)).WithName("AddFew").Public().AllowBody(100);
            api.MapGet("/slow", Forever).WithName("Slow").Public();
            api.MapGet("/patient", Forever).WithName("Patient").Public().LongRunning();
        },
        settings: [("Limits:Timeout", "00:00:00.2"), ("Limits:Headers", "20"), ("Limits:HeaderBytes", "4000"), ("Limits:AddressBytes", "1000")]);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_address_is_not_endless() =>
        Limit(await app.Guest.Get($"/open?q={new string('x', 1_000)}").Refused(414, "address_too_long")).ShouldBe(1_000);

    [Fact]
    public async Task Headers_are_few_and_short()
    {
        var request = app.Guest.Get("/open");
        for (var i = 0; i < 30; i++)
        {
            request.With($"X-Header-{i}", "x");
        }

        Limit(await request.Refused(431, "too_many_headers")).ShouldBe(20);
        Limit(await app.Guest.Get("/open").With("X-Long", new string('x', 4_000)).Refused(431, "headers_too_large")).ShouldBe(4_000);
        await app.Guest.Get("/open").With("X-Long", new string('x', 3_000)).Returns(200);
    }

    [Fact]
    public async Task A_body_is_as_large_as_its_endpoint_takes_whether_or_not_it_says_so_before()
    {
        const string large = """{"rows":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35]}""";
        await app.Guest.Post("/rows", large).Returns(200);
        Limit(await app.Guest.Post("/small", large).Refused(413, "body_too_large")).ShouldBe(100);
        Limit(await app.Guest.Post("/small", new Unannounced(large)).Refused(413, "body_too_large")).ShouldBe(100);
    }

    [Fact]
    public async Task Arrays_and_depth_have_an_end()
    {
        await app.Guest.Post("/rows", Rows(JsonBodyScan.MaxElements)).Returns(200);
        var refused = await app.Guest.Post("/rows", Rows(JsonBodyScan.MaxElements + 1)).Refused(400, "array_too_long");
        (refused.Faults.Single(), refused.Json.GetProperty("detail").GetString()).ShouldBe(("/rows/10000 array_too_long", "An array may have 10000 elements at most."));

        string Deep(int levels) => $$"""{"rows":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";
        await app.Guest.Post("/rows", Deep(32)).Refused(400, "invalid_json");
        (await app.Guest.Post("/rows", Deep(33)).Refused(400, "json_too_deep")).Json.GetProperty("detail").GetString().ShouldBe("The JSON may be 32 levels deep at most.");
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_told_so()
    {
        var answer = await app.Guest.Get("/slow").Refused(504, RequestTime.Code);
        answer.Json.GetProperty("limit_seconds").GetDouble().ShouldBe(0.2);
        answer.Header("X-Request-Id").ShouldBe(answer.Json.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task What_is_meant_to_wait_waits()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = app.Http.GetAsync("/api/v1/patient", patience.Token);
        await app.Guest.Get("/slow").Refused(504, RequestTime.Code); // began later
        await app.Guest.Get("/slow").Refused(504, RequestTime.Code);
        waiting.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    private static async Task<OkAnswer<string>> Forever(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return Answers.Ok("at last");
    }

    private static string Rows(int count) => $$"""{"rows":[{{string.Join(',', Enumerable.Repeat(1, count))}}]}""";

    private static int Limit(ApiAnswer answer) => answer.Json.GetProperty("limit").GetInt32();

    private sealed record RowsRequest(int[] Rows);

    /// <summary>A body whose length its sender does not know.</summary>
    private sealed class Unannounced : StringContent
    {
        public Unannounced(string json) : base(json, System.Text.Encoding.UTF8, "application/json") => Headers.ContentLength = null;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
