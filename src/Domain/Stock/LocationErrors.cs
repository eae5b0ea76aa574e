namespace Mainstreet.Domain.Stock;

/// <summary>Why something is refused of a location.</summary>
public static class LocationErrors
{
    public static readonly DomainError NameInvalid = new("name_invalid", $"A name is 1 to {Location.MaxName} characters.", ErrorKind.Invalid) { Place = "/name" };

    public static readonly DomainError AddressInvalid = new("address_invalid", $"An address is at most {Location.MaxAddress} characters.", ErrorKind.Invalid) { Place = "/address" };

    public static readonly DomainError NameTaken = new("location_name_taken", "Another location has this name.", ErrorKind.Conflict) { Place = "/name" };

    public static readonly DomainError IsDefault = new("default_location", "The default location stays: the storefront sells from it.", ErrorKind.Conflict);

    public static readonly DomainError Retired = new("location_retired", "Nothing is kept at this location any more.", ErrorKind.Conflict);

    public static readonly DomainError SameLocation = new("same_location", "Goods go from one location to another one.") { Place = "/to" };

    public static DomainError InUse(bool hasGoods, bool hasRegister) =>
        new("location_in_use", "Goods are there, are owed from there, or a register stands there.", ErrorKind.Conflict, DomainError.DetailsOf(("goods", hasGoods), ("registers", hasRegister)));
}
