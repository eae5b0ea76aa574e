using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

public class KeepingLocations
{
    [Fact]
    public void A_location_is_created_renamed_and_retired()
    {
        var harbour = New().WhenNew(() => Location.Create(Harbour, "Harbour", null, Now)).Then(new LocationCreated(Harbour, "Harbour", null, Now));
        harbour.ShouldBe(new(Harbour, "Harbour", null, Retired: false));

        Created().When(location => location.Rename("Quay", "Quay 1", Now)).Then(new LocationRenamed(Harbour, "Quay", "Quay 1", Now));
        Created().When(location => location.Rename("Harbour", null, Now)).ThenNothing();
        Created().When(location => location.Retire(hasGoods: false, hasRegister: false, Now)).Then(new LocationRetired(Harbour, Now)).Retired.ShouldBeTrue();
        Created(new LocationRetired(Harbour, Now)).When(location => location.Retire(hasGoods: false, hasRegister: false, Now)).ThenNothing();
    }

    [Theory]
    [InlineData("", null, "name_invalid")]
    [InlineData(" ", null, "name_invalid")]
    [InlineData(101, null, "name_invalid")]
    [InlineData("Harbour", 501, "address_invalid")]
    public void It_has_a_name_and_maybe_an_address(object name, object? address, string refused)
    {
        var (called, at) = (Text(name)!, Text(address));
        New().WhenNew(() => Location.Create(Harbour, called, at, Now)).ThenRejected(refused);
        Created().When(location => location.Rename(called, at, Now)).ThenRejected(refused);

        static string? Text(object? said) => said is int length ? new('x', length) : (string?)said;
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void It_stays_while_something_is_there(bool goods, bool register)
    {
        Created().When(location => location.Retire(goods, register, Now)).ThenRejected("location_in_use");
        Created(new LocationRetired(Harbour, Now)).When(location => location.Retire(goods, register, Now)).ThenNothing();
    }

    [Fact]
    public void The_default_one_is_there_without_being_created_and_stays()
    {
        New().WhenNew(() => Location.Default.Rename("Bakery", null, Now)).Then(new LocationRenamed(LocationId.Default, "Bakery", null, Now))
            .ShouldBe(new(LocationId.Default, "Bakery", null, Retired: false));
        New().WhenNew(() => Location.Default.Retire(hasGoods: false, hasRegister: false, Now)).ThenRejected("default_location");
        LocationId.Further(LocationId.Default.Value).ShouldBeNull();
        LocationId.Further(null).ShouldBeNull();
        LocationId.Further(Harbour.Value).ShouldBe(Harbour);
    }

    [Fact]
    public void Nothing_is_brought_to_a_retired_one() =>
        Should.Throw<DomainException>(() => new Location(Harbour, "Harbour", null, Retired: true).InUse()).Error.Code.ShouldBe("location_retired");

    private static Spec<Location, LocationEvent> New() => new();

    private static Spec<Location, LocationEvent> Created(params LocationEvent[] events) => New().Given([new LocationCreated(Harbour, "Harbour", null, Now), .. events]);
}
