using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Storefronts;

public sealed class PublishingAStorefront(ApiFixture api)
{
    [Fact]
    public async Task What_is_missing_is_named()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/storefront", """{"opening_hours": []}""").Returns(204);
        (await api.As(acme).Post("/business/storefront/publish").Refused(422, "storefront_not_ready"))
            .Json.GetProperty("missing").EnumerateArray().Select(fact => fact.GetString()).ShouldBe(["opening_hours", "published_product"]);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Everybody_reads_it_at_once_until_it_is_closed()
    {
        var acme = await api.NewBusiness("acme");
        await Sell(acme, "EUR");
        await api.As(acme).Patch("/business/settings", new { delivery_fee = new { amount = 390, currency = "EUR" } }).Returns(204);
        await api.As(acme).Patch("/business/storefront", new
        {
            branding = new { company_name = "Acme & Sons" },
            delivery = new { location = new { latitude = 52.52, longitude = 13.405 }, radius_km = 5 },
            minimum_order = new { amount = 1000, currency = "EUR" },
        }).Returns(204);
        (await api.As(acme).Post("/business/storefront/publish").Returns(204)).ETag.ShouldBe("\"v3\"");
        (await api.As(acme).Post("/business/storefront/publish").Returns(204)).ETag.ShouldBe("\"v3\"");

        var seen = (await api.Guest.Get($"/storefronts/{acme.Subdomain}").Returns(200)).Json;
        seen.GetProperty("subdomain").GetString().ShouldBe(acme.Subdomain);
        seen.GetProperty("name").GetString().ShouldBe("acme");
        seen.GetProperty("branding").GetProperty("company_name").GetString().ShouldBe("Acme & Sons");
        seen.GetProperty("currency").GetString().ShouldBe("EUR");
        seen.GetProperty("timezone").GetString().ShouldBe("Europe/Berlin");
        seen.GetProperty("open_now").GetBoolean().ShouldBeTrue();
        seen.GetProperty("delivery").GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(390);
        seen.GetProperty("minimum_order").GetProperty("amount").GetInt64().ShouldBe(1000);
        await api.As(await api.NewBusiness("globex")).Get($"/storefronts/{acme.Subdomain}").Returns(200);

        await api.As(acme).Patch("/business/storefront", """{"opening_hours": []}""").Refused(422, "storefront_not_ready");
        await api.As(acme).Post("/business/storefront/unpublish").Returns(204);
        await api.As(acme).Post("/business/storefront/unpublish").Returns(204);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Who_has_it_is_told_when_nothing_changed()
    {
        var acme = await Published();
        var first = await api.Guest.Get($"/storefronts/{acme.Subdomain}").Returns(200);
        first.Header("Cache-Control").ShouldBe("public, no-cache");
        var again = await api.Guest.Get($"/storefronts/{acme.Subdomain}").With("If-None-Match", $"\"other\", W/{first.ETag}").Returns(304);
        again.Text.ShouldBeEmpty();
        again.ETag.ShouldBe(first.ETag);

        await api.As(acme).Patch("/business/settings", new { locale = "de" }).Returns(204);
        (await api.Guest.Get($"/storefronts/{acme.Subdomain}").With("If-None-Match", first.ETag!).Returns(200))
            .Json.GetProperty("locale").GetString().ShouldBe("de");
    }

    [Fact]
    public async Task It_is_open_by_its_hours_where_it_is()
    {
        var acme = await Published(mode: "test"); // its clock stands where the business began
        var now = (await api.As(acme).Get($"/businesses/{acme.Id}").Returns(200)).Json.GetProperty("since").GetDateTimeOffset();
        foreach (var (timezone, hours, open) in new[] { ("Pacific/Kiritimati", 14, true), ("Pacific/Pago_Pago", -11, true), ("Pacific/Kiritimati", -11, false) })
        {
            var day = now.ToUniversalTime().AddHours(hours).DayOfWeek.ToString().ToLowerInvariant();
            await api.As(acme).Patch("/business/settings", new { timezone }).Returns(204);
            await api.As(acme).Patch("/business/storefront", new { opening_hours = new[] { new { day, opens = "00:00", closes = "00:00" } } }).Returns(204);
            (await api.Guest.Get($"/storefronts/{acme.Subdomain}").Returns(200)).Json.GetProperty("open_now").GetBoolean().ShouldBe(open, $"{day} {timezone}");
        }
    }

    [Fact]
    public async Task Its_currency_stays_once_there_are_prices()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/settings", new { currency = "USD" }).Returns(204);
        await api.As(acme).Patch("/business/storefront", new { minimum_order = new { amount = 1, currency = "USD" } }).Returns(204);
        await api.As(acme).Patch("/business/settings", new { currency = "EUR" }).Refused(409, "currency_fixed");
        await api.As(acme).Patch("/business/storefront", """{"minimum_order": null}""").Returns(204);
        await api.As(acme).Patch("/business/settings", new { currency = "EUR" }).Returns(204);

        await Sell(acme, "EUR");
        await api.As(acme).Patch("/business/settings", new { currency = "USD" }).Refused(409, "currency_fixed");
        await api.As(acme).Patch("/business/settings", new { currency = "EUR" }).Returns(204);
    }

    private async Task<TestBusiness> Published(string mode = "live")
    {
        var acme = await api.NewBusiness("acme", mode);
        await Sell(acme, "EUR");
        await api.As(acme).Post("/business/storefront/publish").Returns(204);
        return acme;
    }

    /// <summary>A published product.</summary>
    private Task<Committed> Sell(TestBusiness business, string currency)
    {
        var id = new ProductId(Uuid.New());
        var product = new ProductDraft(
            new ProductDetails("lamp", "Lamp", null, null, null, [], null),
            [new(new VariantId(Uuid.New()), new VariantDetails("Lamp", [], null, null, null, Taxable: true, RequiresShipping: true), new Money(4900, currency))],
            [], Published: true);
        return api.In(new TenantId(business.Id), services => services.GetRequiredService<IAggregates>().Create<Product, ProductEvent>(
            id.Value, () => Product.Create(id, product, services.GetRequiredService<TimeProvider>().GetUtcNow()), TestContext.Current.CancellationToken));
    }
}
