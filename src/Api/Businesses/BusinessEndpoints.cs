using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Api.Businesses;

internal static class BusinessEndpoints
{
    internal static readonly string[] RefusedDetails = ["name_invalid", "profile_invalid", "address_invalid"];

    internal static readonly string[] RefusedSettings =
        ["currency_unknown", "timezone_unknown", "locale_invalid", "timeout_invalid", "delivery_fee_invalid", "order_prefix_invalid", "tax_rate_invalid", "origins_invalid"];

    public static void MapBusinesses(this IEndpointRouteBuilder api)
    {
        var mine = api.MapGroup("/businesses").WithTags("Businesses").RequireSignIn().OnPlatform();
        mine.MapPost("/", Create).WithName("CreateBusiness")
            .Refuses(400, "name_invalid", "subdomain_invalid", "currency_unknown", "timezone_unknown", "country_invalid", "test_clock_mismatch")
            .Refuses(404, "not_found").Refuses(409, "subdomain_taken", "subdomain_reserved", "already_exists", "id_reserved", "clock_busy");
        mine.MapGet("/", List).WithName("ListMyBusinesses");
        mine.MapGet("/{businessId:guid}", Find).WithName("GetMyBusiness");

        var business = api.MapGroup("/business").WithTags("Businesses");
        business.MapGet("/", Get).WithName("GetBusiness").LooksBack().RequirePermission(Permissions.BusinessRead);
        business.MapPatch("/profile", ChangeProfile).WithName("ChangeBusinessProfile").RequirePermission(Permissions.BusinessWrite).Refuses(400, RefusedDetails);
        business.MapPatch("/settings", ChangeSettings).WithName("ChangeBusinessSettings").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, RefusedSettings).Refuses(409, "currency_fixed").Refuses(422, "https_required");
    }

    private static async Task<CreatedAnswer<CreatedBusinessBody>> Create(CreateBusinessRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var mode = request.Mode ?? (request.TestClockId is null ? BusinessMode.Live : BusinessMode.Test);
        var receipt = await mediator.Send(
            new CreateBusiness(
                request.Name, request.Subdomain, request.Currency, request.Timezone, mode, request.Country,
                request.Id is { } id ? new TenantId(id) : null, request.TestClockId),
            cancellationToken);
        return Answers.Created(
            $"/businesses/{receipt.BusinessId}",
            new CreatedBusinessBody(
                receipt.BusinessId.Value, request.Name, receipt.Subdomain, request.Currency, request.Timezone, mode, BusinessStatus.Active,
                receipt.TestClockId, request.Country),
            receipt);
    }

    private static async Task<PageAnswer<MembershipBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListMyBusinesses(caller.Grant.UserId, paging), cancellationToken), MembershipBody.Of);

    private static async Task<OkAnswer<MembershipBody>> Find(Guid businessId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(MembershipBody.Of(await mediator.Send(new GetMyBusiness(caller.Grant.UserId, new TenantId(businessId)), cancellationToken)));

    private static async Task<OkAnswer<BusinessBody>> Get(IMediator mediator, CancellationToken cancellationToken)
    {
        var business = await mediator.Send(new GetBusiness(), cancellationToken);
        return Answers.Ok(BusinessBody.Of(business), business.Version);
    }

    private static async Task<NoContentAnswer> ChangeProfile(
        ChangeProfileRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeBusinessSettings(new SettingsChange(), ifMatch.Version, request.ToChange()), cancellationToken));

    private static async Task<NoContentAnswer> ChangeSettings(
        ChangeSettingsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeBusinessSettings(request.ToChange(), ifMatch.Version), cancellationToken));
}

/// <summary>What is left out stays as it is.</summary>
/// <param name="Type">Of business, such as bakery.</param>
internal sealed record ChangeProfileRequest(
    string? Name = null, string? Type = null, string? RegistrationNumber = null, string? TaxNumber = null, BusinessAddress? Address = null, string? LogoUrl = null,
    string? Email = null, string? Phone = null)
{
    public DetailsChange ToChange() => new(Name, Type, RegistrationNumber, TaxNumber, Address, LogoUrl, Email, Phone);
}

/// <summary>What is left out stays as it is.</summary>
/// <param name="Currency">ISO 4217. It is fixed once there are prices.</param>
/// <param name="Timezone">IANA</param>
/// <param name="Locale">A language such as en, or with a region such as en-GB.</param>
/// <param name="AutoConfirm">Orders are confirmed as they come in.</param>
/// <param name="AcceptanceMinutes">How long an order waits to be confirmed, 1 to 1440.</param>
/// <param name="UnpaidExpiryMinutes">How long an order waits to be paid, 1 to 1440.</param>
/// <param name="OrderPrefix">At most 10 capital letters, digits and hyphens before an order's number.</param>
/// <param name="TaxRatePercent">19 means 19%, for what has no category with a rate of its own.</param>
/// <param name="AllowedOrigins">All pages that may call the API from a browser, such as https://shop.example; http://localhost in a test business.</param>
internal sealed record ChangeSettingsRequest(
    string? Currency = null,
    string? Timezone = null,
    string? Locale = null,
    bool? AutoConfirm = null,
    int? AcceptanceMinutes = null,
    int? UnpaidExpiryMinutes = null,
    Money? DeliveryFee = null,
    string? OrderPrefix = null,
    decimal? TaxRatePercent = null,
    bool? PricesIncludeTax = null,
    string[]? AllowedOrigins = null)
{
    public SettingsChange ToChange() => new(
        Currency, Timezone, Locale, AutoConfirm, AcceptanceMinutes, UnpaidExpiryMinutes, DeliveryFee, OrderPrefix, TaxRatePercent, PricesIncludeTax, AllowedOrigins);
}

/// <param name="Id">Chosen by the client, or left out.</param>
/// <param name="Subdomain">3 to 63 lower-case letters and digits, with single hyphens inside; left out: made from the name.</param>
/// <param name="Currency">ISO 4217</param>
/// <param name="Timezone">IANA, such as Europe/Berlin</param>
/// <param name="Mode">test: a sandbox whose clock can be moved and whose providers are simulated. Left out: live, or test with a test clock.</param>
/// <param name="Country">ISO 3166-1 alpha-2</param>
/// <param name="TestClockId">Of another test business of the caller: both live by it then, and it moves for both.</param>
internal sealed record CreateBusinessRequest(
    string Name, string Currency, string Timezone, string? Subdomain = null, BusinessMode? Mode = null, string? Country = null, Guid? Id = null,
    Guid? TestClockId = null);

/// <param name="TestClockId">Of a test business.</param>
internal sealed record CreatedBusinessBody(
    Guid Id, string Name, string Subdomain, string Currency, string Timezone, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, string? Country);

/// <summary>A business in which the caller has a role.</summary>
/// <param name="Subdomain">Absent for the platform itself.</param>
/// <param name="TestClockId">Of a test business.</param>
/// <param name="RoleId">Which one, where the role is custom.</param>
internal sealed record MembershipBody(
    Guid Id, string Name, string? Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, Role Role, Guid? RoleId, DateTimeOffset Since)
{
    public static MembershipBody Of(BusinessMembership membership) => new(
        membership.BusinessId.Value, membership.Name, membership.Subdomain, membership.Mode, membership.Status, membership.TestClockId,
        membership.Role, membership.CustomRole?.Value, membership.Since);
}

/// <param name="FormerSubdomains">They lead to the present one, and nobody else can have them.</param>
/// <param name="ClosesAt">Until when a closing business can be reopened.</param>
internal sealed record BusinessBody(
    Guid Id, string Subdomain, string[] FormerSubdomains, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, DateTimeOffset? ClosesAt, BusinessDetails Profile, BusinessSettings Settings)
{
    public static BusinessBody Of(BusinessInformation business) => new(
        business.BusinessId.Value, business.Subdomain, business.FormerSubdomains, business.Mode, business.Status, business.TestClockId, business.ClosesAt, business.Details, business.Settings);
}
