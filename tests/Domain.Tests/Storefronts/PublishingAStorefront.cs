using Mainstreet.Domain.Storefronts;
using static Mainstreet.Domain.Tests.Storefronts.StorefrontSamples;

namespace Mainstreet.Domain.Tests.Storefronts;

public class PublishingAStorefront
{
    [Fact]
    public void Starts_unpublished_and_happens_once()
    {
        new Spec<Storefront, StorefrontEvent>().WhenNew(() => Storefront.Create(Bakery, Settings, "EUR", Now))
            .Then(new StorefrontCreated(Bakery, Settings, Now)).Published.ShouldBeFalse();
        When(Created, s => s.Publish(Ready, Now)).Then(new StorefrontPublished(Bakery, Now)).Published.ShouldBeTrue();
        When(Published, s => s.Publish(Ready, Now)).ThenNothing();
    }

    [Fact]
    public void Names_everything_that_is_missing() =>
        When(Storefront.Create(Bakery, StorefrontSettings.Empty, "EUR", Now), s => s.Publish(new StorefrontFacts(BusinessActive: false, null, 0), Now))
            .ThenRejected("storefront_not_ready").Details!["missing"].ShouldBe(new[] { "active_business", "currency", "opening_hours", "published_product" });

    [Fact]
    public void Can_be_taken_back()
    {
        When(Published, s => s.Unpublish(Now)).Then(new StorefrontUnpublished(Bakery, Now)).Published.ShouldBeFalse();
        When(Created, s => s.Unpublish(Now)).ThenNothing();
    }

    [Fact]
    public void Settings_change_as_a_whole()
    {
        var shorter = Settings with { OpeningHours = new OpeningHours([Settings.OpeningHours.Periods[0]]) };
        When(Published, s => s.Update(shorter, "EUR", Now)).Then(new StorefrontUpdated(Bakery, shorter, Now));
        When(Published, s => s.Update(Settings with { OpeningHours = new OpeningHours([.. Settings.OpeningHours.Periods]) }, "EUR", Now)).ThenNothing();
        When(Published, s => s.Update(Settings with { OpeningHours = OpeningHours.None }, "EUR", Now)).ThenRejected("storefront_not_ready");
        When(Created, s => s.Update(Settings with { OpeningHours = OpeningHours.None }, "EUR", Now)).Then(new StorefrontUpdated(Bakery, Settings with { OpeningHours = OpeningHours.None }, Now));
    }

    [Fact]
    public void Settings_are_checked()
    {
        Rejected(Settings with { Branding = new Branding(LogoUrl: "data:image/png;base64,AAAA") }, "image_invalid");
        Rejected(Settings with { Branding = new Branding(PrimaryColor: "red") }, "color_invalid");
        Rejected(Settings with { Branding = new Branding(CompanyName: new string('c', 201)) }, "company_name_invalid");
        Rejected(Settings with { Branding = new Branding(SupportEmail: "hello") }, "email_invalid");
        Rejected(Settings with { OpeningHours = new OpeningHours([new(DayOfWeek.Monday, new TimeOnly(7, 0, 1), new TimeOnly(8, 0))]) }, "opening_hours_invalid");
        Rejected(Settings with { OpeningHours = new OpeningHours([new((DayOfWeek)7, new TimeOnly(7, 0), new TimeOnly(8, 0))]) }, "opening_hours_invalid");
        Rejected(Settings with { Delivery = new DeliveryTerms(new GeoPoint(91, 0), 5) }, "delivery_invalid");
        Rejected(Settings with { Delivery = new DeliveryTerms(new GeoPoint(53, 10), 0) }, "delivery_invalid");
        Rejected(Settings with { Delivery = new DeliveryTerms(new GeoPoint(53, 10), 5, new Money(1, "USD")) }, "amount_invalid");
        Rejected(Settings with { MinimumOrder = new Money(-1, "EUR") }, "amount_invalid");
    }

    [Fact]
    public void Delivery_reaches_as_far_as_its_radius()
    {
        var terms = new DeliveryTerms(new GeoPoint(52.5200, 13.4050), 256);
        terms.Reaches(new GeoPoint(53.5511, 9.9937)).ShouldBeTrue("Hamburg is 255.2 km from Berlin");
        (terms with { RadiusKm = 255 }).Reaches(new GeoPoint(53.5511, 9.9937)).ShouldBeFalse();
    }

    private static void Rejected(StorefrontSettings settings, string code) => When(Created, s => s.Update(settings, "EUR", Now)).ThenRejected(code);

    private static Spec<Storefront, StorefrontEvent> When(StorefrontEvent[] given, Func<Storefront, StorefrontEvent[]> decide) =>
        new Spec<Storefront, StorefrontEvent>().Given(given).When(decide);
}
