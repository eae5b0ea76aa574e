using Mainstreet.Domain;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Api.Customers;

/// <param name="Label">What the customer calls it, such as home.</param>
/// <param name="Default">It is the default from now on; the first address is in any case.</param>
internal sealed record SaveAddressRequest(Address Address, string? Label = null, bool Default = false);

/// <param name="Label">What the customer calls it; left out: nothing.</param>
internal sealed record ChangeAddressRequest(Address Address, string? Label = null);

internal sealed record AddedAddressBody(Guid Id);

/// <param name="Data">The oldest first.</param>
internal sealed record AddressesBody(IReadOnlyList<AddressBody> Data)
{
    public static AddressesBody Of(CustomerAccount account) =>
        new([.. account.Addresses.Select(saved => new AddressBody(saved.Id.Value, saved.Label, saved.Address, saved.Id == account.DefaultAddress))]);
}

internal sealed record AddressBody(Guid Id, string? Label, Address Address, bool Default);
