using Mainstreet.Domain.Businesses;
using static Mainstreet.Domain.Tests.Businesses.BusinessSamples;

namespace Mainstreet.Domain.Tests.Businesses;

public class ProfileOfABusiness
{
    [Fact]
    public void Starts_with_its_details_and_settings() => new Spec<BusinessProfile, BusinessProfileEvent>()
        .WhenNew(() => BusinessProfile.Create(Bakery, Details, Settings, Now))
        .Then(new BusinessProfileCreated(Bakery, Details, Settings, Now));

    [Fact]
    public void Waits_ten_minutes_for_acceptance_and_fifteen_for_payment_unless_told_otherwise()
    {
        var settings = BusinessSettings.Default("EUR", "Europe/Berlin");
        (settings.AcceptanceMinutes, settings.UnpaidExpiryMinutes).ShouldBe((10, 15));
    }

    [Fact]
    public void Details_change_as_a_whole()
    {
        var renamed = Details with { Name = "The Bakery" };
        When(p => p.ChangeDetails(renamed, Now)).Then(new BusinessProfileChanged(Bakery, renamed, Now)).Details.ShouldBe(renamed);
        When(p => p.ChangeDetails(Details with { }, Now)).ThenNothing();
    }

    [Fact]
    public void Details_are_checked()
    {
        Rejected(Details with { Name = "" }, "name_invalid");
        Rejected(Details with { TaxNumber = new string('1', 201) }, "profile_invalid");
        Rejected(Details with { LogoUrl = "javascript:alert(1)" }, "profile_invalid");
        Rejected(Details with { Address = Details.Address! with { City = "" } }, "address_invalid");
        Rejected(Details with { Address = Details.Address! with { Country = "Germany" } }, "address_invalid");
        Rejected(Details with { Address = Details.Address! with { Latitude = 91 } }, "address_invalid");
        Rejected(Details with { Address = Details.Address! with { Longitude = null } }, "address_invalid");
        Rejected(Details with { Address = Details.Address! with { Latitude = double.NaN } }, "address_invalid");
    }

    [Fact]
    public void Settings_change_as_a_whole()
    {
        var auto = Settings with { AutoConfirm = true };
        When(p => p.ChangeSettings(auto, currencyInUse: true, isTest: false, Now)).Then(new BusinessSettingsChanged(Bakery, auto, Now)).Settings.ShouldBe(auto);
        When(p => p.ChangeSettings(Settings with { }, currencyInUse: true, isTest: false, Now)).ThenNothing();
    }

    [Fact]
    public void The_currency_stays_once_it_is_in_use()
    {
        var dollars = Settings with { Currency = "USD", DeliveryFee = Money.Zero("USD") };
        When(p => p.ChangeSettings(dollars, currencyInUse: false, isTest: false, Now)).Then(new BusinessSettingsChanged(Bakery, dollars, Now));
        When(p => p.ChangeSettings(dollars, currencyInUse: true, isTest: false, Now)).ThenRejected("currency_fixed");
    }

    [Fact]
    public void Settings_are_checked()
    {
        Rejected(Settings with { Currency = "EURO" }, "currency_unknown");
        Rejected(Settings with { Timezone = "Berlin" }, "timezone_unknown");
        Rejected(Settings with { Locale = "english" }, "locale_invalid");
        Rejected(Settings with { AcceptanceMinutes = 0 }, "timeout_invalid");
        Rejected(Settings with { UnpaidExpiryMinutes = 1441 }, "timeout_invalid");
        Rejected(Settings with { DeliveryFee = new Money(-1, "EUR") }, "delivery_fee_invalid");
        Rejected(Settings with { DeliveryFee = new Money(1, "USD") }, "delivery_fee_invalid");
        Rejected(Settings with { OrderPrefix = "cb" }, "order_prefix_invalid");
        Rejected(Settings with { TaxRatePercent = 100.001m }, "tax_rate_invalid");
        Rejected(Settings with { TaxRatePercent = 7.0001m }, "tax_rate_invalid");
    }

    private static void Rejected(BusinessDetails details, string code) => When(p => p.ChangeDetails(details, Now)).ThenRejected(code);

    [Fact]
    public void Pages_that_may_call_are_listed_exactly()
    {
        var listed = Settings with { AllowedOrigins = ["https://shop.example", "https://shop.example:8443"] };
        When(p => p.ChangeSettings(listed, currencyInUse: false, isTest: false, Now)).Then(new BusinessSettingsChanged(Bakery, listed, Now));
        new Spec<BusinessProfile, BusinessProfileEvent>().Given(new BusinessProfileCreated(Bakery, Details, listed, Now))
            .When(p => p.ChangeSettings(listed with { AllowedOrigins = [.. listed.AllowedOrigins!] }, currencyInUse: false, isTest: false, Now)).ThenNothing();
        Rejected(Settings with { AllowedOrigins = ["https://shop.example/"] }, "origins_invalid");
        Rejected(Settings with { AllowedOrigins = ["https://shop.example", "https://shop.example"] }, "origins_invalid");
        Rejected(Settings with { AllowedOrigins = ["http://localhost:3000"] }, "https_required");
        var local = Settings with { AllowedOrigins = ["http://localhost:3000"] };
        When(p => p.ChangeSettings(local, currencyInUse: false, isTest: true, Now)).Then(new BusinessSettingsChanged(Bakery, local, Now));
    }

    private static void Rejected(BusinessSettings settings, string code) => When(p => p.ChangeSettings(settings, currencyInUse: false, isTest: false, Now)).ThenRejected(code);

    private static Spec<BusinessProfile, BusinessProfileEvent> When(Func<BusinessProfile, BusinessProfileEvent[]> decide) =>
        new Spec<BusinessProfile, BusinessProfileEvent>().Given(new BusinessProfileCreated(Bakery, Details, Settings, Now)).When(decide);
}
