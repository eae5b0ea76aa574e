using Mainstreet.Domain;

namespace Mainstreet.Domain.Tests;

public class MoneyTests
{
    [Fact]
    public void A_quantity_is_rounded_half_away_from_zero() => (new Money(333, "EUR") * 1.5m).ShouldBe(new Money(500, "EUR"));

    [Fact]
    public void Currencies_do_not_mix() =>
        Should.Throw<DomainException>(() => new Money(1, "EUR") + new Money(1, "USD")).Error.Code.ShouldBe("currency_mismatch");
}
