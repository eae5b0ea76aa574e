using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Storefronts;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Api.Storefronts;

internal static class StorefrontEndpoints
{
    public static void MapStorefronts(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/business/storefront").WithTags("Storefront");
        own.MapGet("/", Get).WithName("GetStorefront").LooksBack().RequirePermission(Permissions.StorefrontRead);
        own.MapPatch("/", Change).WithName("ChangeStorefront").RequirePermission(Permissions.StorefrontWrite)
            .Refuses(400, "opening_hours_invalid", "image_invalid", "color_invalid", "company_name_invalid", "email_invalid", "delivery_invalid", "zone_invalid", "amount_invalid")
            .Refuses(403, "hide_platform_branding_not_in_plan").Refuses(422, "storefront_not_ready");
        own.MapPost("/publish", Publish).WithName("PublishStorefront").RequirePermission(Permissions.StorefrontWrite).Refuses(422, "storefront_not_ready");
        own.MapPost("/unpublish", Unpublish).WithName("UnpublishStorefront").RequirePermission(Permissions.StorefrontWrite);

        api.MapGet("/storefronts/{subdomain}", GetPublic).WithName("GetPublicStorefront").WithTags("Storefront").Public().For(Purpose.Trade)
            .OfStorefront().Refuses(423, "business_suspended", "business_closing").AcceptsLanguages();
    }

    private static async Task<OkAnswer<StorefrontBody>> Get(IMediator mediator, CancellationToken cancellationToken)
    {
        var storefront = await mediator.Send(new GetStorefront(), cancellationToken);
        return Answers.Ok(StorefrontBody.Of(storefront), storefront.Version);
    }

    private static async Task<NoContentAnswer> Change(ChangeStorefrontRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Publish(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new PublishStorefront(), cancellationToken));

    private static async Task<NoContentAnswer> Unpublish(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new UnpublishStorefront(), cancellationToken));

    private static async Task<PublicAnswer<PublicStorefrontBody>> GetPublic(string subdomain, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var storefront = await mediator.Send(new GetPublicStorefront(), cancellationToken);
        string[] locales = [.. Languages.Known.Prepend(storefront.Locale).Distinct(StringComparer.Ordinal)];
        var locale = AcceptedLanguages.Choose(http.Request, locales) ?? storefront.Locale;
        AcceptedLanguages.Stamp(http.Response, locale);
        return Answers.Public(PublicStorefrontBody.Of(subdomain, storefront, locale, locales));
    }
}

/// <summary>A member that is left out stays as it is; one that is given is replaced as a whole. Null ends delivery, or the minimum.</summary>
internal sealed record ChangeStorefrontRequest(Branding? Branding = null, OpeningPeriod[]? OpeningHours = null)
{
    private Change<DeliveryTerms>? delivery;
    private Change<Money?>? minimumOrder;

    public DeliveryTerms? Delivery
    {
        get => delivery?.To;
        init => delivery = new(value);
    }

    /// <summary>Of the goods, in the business's currency.</summary>
    public Money? MinimumOrder
    {
        get => minimumOrder?.To;
        init => minimumOrder = new(value);
    }

    public ChangeStorefront ToCommand(int? expectedVersion) =>
        new(Branding, OpeningHours is null ? null : new OpeningHours(OpeningHours), delivery, minimumOrder, expectedVersion);
}

internal sealed record StorefrontBody(bool Published, Branding Branding, OpeningPeriod[] OpeningHours, DeliveryTerms? Delivery, Money? MinimumOrder)
{
    public static StorefrontBody Of(StorefrontInformation storefront) => new(
        storefront.Published, storefront.Settings.Branding, storefront.Settings.OpeningHours.Periods, storefront.Settings.Delivery,
        storefront.Settings.MinimumOrder);
}

/// <param name="OpenNow">By the opening hours, in the business's timezone.</param>
/// <param name="Locale">Of the locales, the one that the request asks for by Accept-Language; else the business's.</param>
/// <param name="Direction">In which that locale is read.</param>
/// <param name="Locales">The business's own first, then those in which there are texts for customers.</param>
/// <param name="PoweredBy">The platform; absent where the business does not name it.</param>
/// <param name="Delivery">Absent where nothing is delivered.</param>
/// <param name="MinimumOrder">Of the goods.</param>
internal sealed record PublicStorefrontBody(
    string Subdomain,
    string Name,
    Branding Branding,
    string Currency,
    string Timezone,
    string Locale,
    ReadingDirection Direction,
    string[] Locales,
    bool PricesIncludeTax,
    OpeningPeriod[] OpeningHours,
    bool OpenNow,
    PublicDeliveryBody? Delivery,
    Money? MinimumOrder,
    string? PoweredBy)
{
    public static PublicStorefrontBody Of(string subdomain, PublicStorefront storefront, string locale, string[] locales) => new(
        subdomain, storefront.Name, storefront.Settings.Branding, storefront.Currency, storefront.Timezone, locale,
        Languages.IsRightToLeft(locale) ? ReadingDirection.Rtl : ReadingDirection.Ltr, locales, storefront.PricesIncludeTax, storefront.Settings.OpeningHours.Periods, storefront.OpenNow,
        storefront.Settings.Delivery is { } delivery ? new(delivery.Location, delivery.RadiusKm, storefront.DeliveryFee!.Value, delivery.Zones) : null,
        storefront.Settings.MinimumOrder, storefront.PoweredBy);
}

internal enum ReadingDirection
{
    Ltr,
    Rtl,
}

/// <param name="RadiusKm">How far from the location it delivers.</param>
/// <param name="Fee">Where the zone has none of its own.</param>
/// <param name="Zones">Where there are some, nothing is delivered beyond them, and the first one that holds a place counts.</param>
internal sealed record PublicDeliveryBody(GeoPoint Location, double RadiusKm, Money Fee, DeliveryZone[]? Zones);
