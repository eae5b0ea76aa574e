namespace Mainstreet.Domain.Tests;

public class CurrenciesTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("ILS", 2)]
    [InlineData("MYR", 2)]
    public void A_currency_has_its_minor_digits(string code, int digits) => Currencies.DigitsOf(code).ShouldBe(digits);

    [Theory]
    [InlineData("eur")]
    [InlineData("DEM")]
    [InlineData("")]
    [InlineData(null)]
    public void Others_are_unknown(string? code) => Currencies.IsKnown(code).ShouldBeFalse();

    [Fact]
    public void An_unknown_currency_has_no_digits() => Should.Throw<DomainException>(() => Currencies.DigitsOf("EURO")).Error.Code.ShouldBe("currency_unknown");

    [Fact]
    public void A_decimal_becomes_minor_units_only_when_that_is_exact()
    {
        Currencies.FromMajorUnits(9.99m, "EUR").ShouldBe(new Money(999, "EUR"));
        Currencies.FromMajorUnits(9.990m, "EUR").ShouldBe(new Money(999, "EUR"));
        Currencies.FromMajorUnits(1.234m, "KWD").ShouldBe(new Money(1234, "KWD"));
        Currencies.FromMajorUnits(-5m, "JPY").ShouldBe(new Money(-5, "JPY"));
        Currencies.FromMajorUnits(9.999m, "EUR").ShouldBeNull();
        Currencies.FromMajorUnits(0.5m, "JPY").ShouldBeNull();
        Currencies.FromMajorUnits(decimal.MaxValue, "EUR").ShouldBeNull();
    }
}
