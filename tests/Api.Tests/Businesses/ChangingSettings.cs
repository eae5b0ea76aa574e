using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

public sealed class ChangingSettings(ApiFixture api)
{
    [Fact]
    public async Task What_is_named_changes_and_the_rest_stays()
    {
        var acme = await api.NewBusiness("acme");
        var changed = await api.As(acme).Patch("/business/settings", new
        {
            timezone = "Asia/Jerusalem",
            locale = "en-GB",
            auto_confirm = true,
            acceptance_minutes = 5,
            delivery_fee = new { amount = 390, currency = "EUR" },
            order_prefix = "AC-",
            tax_rate_percent = 19,
        }).Returns(204);
        changed.ETag.ShouldBe("\"v2\"");

        var business = await api.As(acme).Get("/business").Returns(200);
        business.ETag.ShouldBe("\"v2\"");
        var settings = business.Json.GetProperty("settings");
        settings.GetProperty("timezone").GetString().ShouldBe("Asia/Jerusalem");
        settings.GetProperty("currency").GetString().ShouldBe("EUR");
        settings.GetProperty("auto_confirm").GetBoolean().ShouldBeTrue();
        settings.GetProperty("acceptance_minutes").GetInt32().ShouldBe(5);
        settings.GetProperty("unpaid_expiry_minutes").GetInt32().ShouldBe(15);
        settings.GetProperty("delivery_fee").GetProperty("amount").GetInt64().ShouldBe(390);
        settings.GetProperty("tax_rate_percent").GetDecimal().ShouldBe(19);
    }

    [Fact]
    public async Task Nothing_changes_when_nothing_is_different()
    {
        var acme = await api.NewBusiness("acme");
        (await api.As(acme).Patch("/business/settings", new { acceptance_minutes = 10 }).Returns(204)).ETag.ShouldBe("\"v1\"");
        (await api.As(acme).Patch("/business/settings", new { }).Returns(204)).ETag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/settings", new { acceptance_minutes = 5 }).IfMatch("\"v1\"").Returns(204);
        (await api.As(acme).Patch("/business/settings", new { acceptance_minutes = 6 }).IfMatch("\"v1\"").Refused(412, "stale_version"))
            .Json.GetProperty("current_version").GetInt32().ShouldBe(2);
        (await api.As(acme).Get("/business").Returns(200)).Json.GetProperty("settings").GetProperty("acceptance_minutes").GetInt32().ShouldBe(5);
    }

    [Theory]
    [InlineData("""{"timezone": "Mars/Olympus"}""", "timezone_unknown")]
    [InlineData("""{"locale": "English"}""", "locale_invalid")]
    [InlineData("""{"acceptance_minutes": 0}""", "timeout_invalid")]
    [InlineData("""{"unpaid_expiry_minutes": 1441}""", "timeout_invalid")]
    [InlineData("""{"delivery_fee": {"amount": -1, "currency": "EUR"}}""", "delivery_fee_invalid")]
    [InlineData("""{"delivery_fee": {"amount": 100, "currency": "USD"}}""", "delivery_fee_invalid")]
    [InlineData("""{"order_prefix": "no lower case"}""", "order_prefix_invalid")]
    [InlineData("""{"tax_rate_percent": 101}""", "tax_rate_invalid")]
    [InlineData("""{"tax_rate": 19}""", "unknown_field")]
    [InlineData("""{"auto_confirm": "yes"}""", "invalid_json")]
    public async Task What_cannot_be_is_refused(string body, string code)
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/settings", body).Refused(400, code);
        (await api.As(acme).Get("/business").Returns(200)).ETag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task Who_works_there_may_look_and_not_change()
    {
        var acme = await api.NewBusiness("acme");
        foreach (var role in (Role[])[Role.Staff, Role.Manager, Role.Accountant])
        {
            var member = await api.NewMember(acme, role);
            (await member.Get("/business").Returns(200)).Id.ShouldBe(acme.Id);
            (await member.Patch("/business/settings", new { acceptance_minutes = 1 }).Refused(403, "missing_permission"))
                .Json.GetProperty("permission").GetString().ShouldBe("business:write");
        }

        await (await api.NewMember(acme, Role.Staff)).Patch("/business/storefront", new { }).Refused(403, "missing_permission");
    }
}
