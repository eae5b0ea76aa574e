using FluentValidation;
using Mainstreet.Domain;

namespace Mainstreet.Application.Orders;

/// <summary>What a place has to be like for somebody to be sent there.</summary>
internal static class AddressRules
{
    public static void Check(InlineValidator<Address> address)
    {
        address.RuleFor(a => a.Line).NotEmpty().MaximumLength(200);
        address.RuleFor(a => a.City).NotEmpty().MaximumLength(200);
        address.RuleFor(a => a.PostalCode).MaximumLength(20);
        address.RuleFor(a => a.Country).Must(Domain.Check.IsOptionalCountry).WithErrorCode("country_invalid").WithMessage("A country is two capital letters of ISO 3166-1.");
        address.RuleFor(a => a.Latitude).InclusiveBetween(-90, 90);
        address.RuleFor(a => a.Longitude).InclusiveBetween(-180, 180);
        address.RuleFor(a => a.Longitude).Must((place, longitude) => place.Latitude is null == longitude is null)
            .WithErrorCode("position_incomplete").WithMessage("A position has both its latitude and its longitude.");
        address.RuleFor(a => a.Instructions).MaximumLength(500);
    }
}
