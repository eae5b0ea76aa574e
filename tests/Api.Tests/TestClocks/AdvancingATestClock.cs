namespace Mainstreet.Api.Tests.TestClocks;

public sealed class AdvancingATestClock(ApiFixture api)
{
    [Fact]
    public async Task A_test_business_has_a_clock_that_stands_until_it_is_advanced()
    {
        var shop = await api.NewBusiness(mode: "test");
        var clock = $"/test-clocks/{shop.TestClockId}";
        var start = (await api.As(shop).Get(clock).Returns(200)).Json.GetProperty("now").GetDateTimeOffset();

        var advanced = await api.As(shop).Post($"{clock}/advance", new { by = "P1DT2H30M" }).Returns(200);
        advanced.Json.GetProperty("now").GetDateTimeOffset().ShouldBe(start + new TimeSpan(1, 2, 30, 0));
        advanced.Json.GetProperty("executed").GetArrayLength().ShouldBe(0);
        advanced.Position.ShouldNotBeNull();

        await api.As(shop).Post($"{clock}/advance", new { to = start.AddDays(3) }).Returns(200);
        (await api.As(shop).Get(clock).Returns(200)).Json.GetProperty("now").GetDateTimeOffset().ShouldBe(start.AddDays(3));
    }

    [Fact]
    public async Task It_never_goes_back()
    {
        var shop = await api.NewBusiness(mode: "test");
        var clock = $"/test-clocks/{shop.TestClockId}";
        var start = (await api.As(shop).Get(clock).Returns(200)).Json.GetProperty("now").GetDateTimeOffset();

        await api.As(shop).Post($"{clock}/advance", new { to = start }).Refused(422, "clock_backwards");
        await api.As(shop).Post($"{clock}/advance", new { to = start.AddYears(500) }).Refused(422, "clock_too_far");
        (await api.As(shop).Get(clock).Returns(200)).Json.GetProperty("now").GetDateTimeOffset().ShouldBe(start);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"to":"2030-01-01T00:00:00Z","by":"PT1H"}""")]
    [InlineData("""{"by":"PT0S"}""")]
    [InlineData("""{"by":"P3661D"}""")]
    public async Task It_goes_to_a_moment_or_by_a_span(string body) =>
        await (await api.NewBusiness(mode: "test")).Clock("/advance", body).Refused(400, "validation_failed");

    [Theory]
    [InlineData("1 hour")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("-PT1H")]
    [InlineData("P999999999999999999999D")]
    [InlineData("PT99999999999999999999H")]
    public async Task A_span_is_a_duration_of_fixed_length(string by)
    {
        var answer = await (await api.NewBusiness(mode: "test")).Clock("/advance", new { by }).Refused(400, "invalid_duration");
        answer.Faults.ShouldBe(["/by invalid_duration"]);
    }

    [Fact]
    public async Task A_repeated_request_advances_once()
    {
        var shop = await api.NewBusiness(mode: "test");
        var key = Guid.NewGuid().ToString();
        var first = await shop.Clock("/advance", new { by = "PT1H" }).Key(key).Returns(200);
        var second = await shop.Clock("/advance", new { by = "PT1H" }).Key(key).Returns(200);

        (second.Text, second.Position).ShouldBe((first.Text, first.Position));
        second.Header("Idempotency-Replayed").ShouldBe("true");
    }

    [Fact]
    public async Task A_live_business_has_none_and_others_clocks_do_not_exist()
    {
        var (live, test, other) = (await api.NewBusiness(), await api.NewBusiness(mode: "test"), await api.NewBusiness(mode: "test"));
        await api.As(live).Get($"/test-clocks/{live.Id}").Refused(404, "not_found");
        await api.As(live).Post($"/test-clocks/{live.Id}/advance", new { by = "PT1H" }).Refused(404, "not_found");
        await api.As(other).Get($"/test-clocks/{test.TestClockId}").Refused(404, "not_found");
        await api.As(other).Post($"/test-clocks/{test.TestClockId}/advance", new { by = "PT1H" }).Refused(404, "not_found");
    }

    [Fact]
    public async Task Only_owners_move_time()
    {
        var shop = await api.NewBusiness(mode: "test");
        var staff = await api.NewMember(shop, Domain.Identity.Role.Staff);
        await staff.Post($"/test-clocks/{shop.TestClockId}/advance", new { by = "PT1H" }).Refused(403, "missing_permission");
    }
}

internal static class Clocks
{
    /// <summary>A request about the clock of this test business, as its owner.</summary>
    public static ApiRequest Clock(this TestBusiness business, string path, object body) => business.Owner.Post($"/test-clocks/{business.TestClockId}{path}", body);
}
