using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Businesses;

/// <summary>The businesses as operators see and run them (TEN-22, seed 004).</summary>
internal static class AdminBusinessEndpoints
{
    public static void MapAdminBusinesses(this IEndpointRouteBuilder api)
    {
        var businesses = api.MapGroup("/admin/businesses").WithTags("Platform").OnPlatform().OfOwnBusinesses();
        businesses.MapGet("/", List).WithName("ListBusinesses").RequirePermission(Permissions.AdminBusinesses);
        businesses.MapGet("/{businessId:guid}", Get).WithName("GetBusinessRecord").RequirePermission(Permissions.AdminBusinesses);

        businesses.MapPost("/", Create).WithName("CreateBusinessFor").RequirePermission(Permissions.BusinessesManage)
            .Refuses(400, "name_invalid", "subdomain_invalid", "currency_unknown", "timezone_unknown", "country_invalid")
            .Refuses(404, "not_found").Refuses(409, "subdomain_taken", "subdomain_reserved");
        businesses.MapPatch("/{businessId:guid}", Update).WithName("UpdateBusiness").RequirePermission(Permissions.BusinessesManage)
            .Refuses(400, BusinessEndpoints.RefusedDetails).Refuses(400, BusinessEndpoints.RefusedSettings).Refuses(409, "currency_fixed").Refuses(422, "https_required");
        businesses.MapPost("/{businessId:guid}/owner-invitation", InviteOwner).WithName("InviteOwner").RequirePermission(Permissions.BusinessesManage)
            .Refuses(409, "owner_exists");

        var one = businesses.MapGroup("/{businessId:guid}").RequirePermission(Permissions.BusinessesManage).Refuses(409, "illegal_transition");
        one.MapPost("/suspend", Suspend).WithName("SuspendBusiness");
        one.MapPost("/reinstate", Reinstate).WithName("ReinstateBusiness");
        one.MapPost("/close", Close).WithName("CloseBusinessOf").RequireStepUp();
        one.MapPost("/reopen", Reopen).WithName("ReopenBusinessOf");
    }

    /// <param name="status">Only those in it.</param>
    /// <param name="mode">Only live ones, or only test ones.</param>
    /// <param name="q">Words that all occur in name or subdomain.</param>
    /// <param name="infrastructureId">Only those that belong to it. Operators of one see only its own.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<PageAnswer<BusinessRecordBody>> List(
        Choice<BusinessStatus>? status, Choice<BusinessMode>? mode, string? q, Guid? infrastructureId, Caller caller, Paging paging, IMediator mediator,
        CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListBusinesses(
            status?.Value, mode?.Value, q, OwnBusinesses.InfrastructureOf(caller) ?? (infrastructureId is { } id ? new TenantId(id) : null), paging), cancellationToken), BusinessRecordBody.Of);

    private static async Task<OkAnswer<BusinessRecordBody>> Get(Guid businessId, IMediator mediator, CancellationToken cancellationToken)
    {
        var record = await mediator.Send(new GetBusinessRecord(new TenantId(businessId)), cancellationToken);
        return Answers.Ok(BusinessRecordBody.Of(record), record.Version);
    }

    private static async Task<CreatedAnswer<CreatedBusinessBody>> Create(
        CreateBusinessForRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var infrastructure = OwnBusinesses.InfrastructureOf(caller) ?? (request.InfrastructureId is { } id ? new TenantId(id) : null);
        var mode = request.Mode ?? BusinessMode.Live;
        var receipt = await mediator.Send(
            new CreateBusinessFor(request.OwnerEmail, request.Name, request.Subdomain, request.Currency, request.Timezone, mode, request.Country, infrastructure),
            cancellationToken);
        return Answers.Created(
            $"/admin/businesses/{receipt.BusinessId}",
            new CreatedBusinessBody(
                receipt.BusinessId.Value, request.Name, receipt.Subdomain, request.Currency, request.Timezone, mode, BusinessStatus.Active, receipt.TestClockId,
                request.Country),
            receipt);
    }

    /// <summary>The commit is the business's, so neither its version nor its position is of use here.</summary>
    private static async Task<NoContentAnswer> Update(Guid businessId, UpdateBusinessRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(
            new UpdateBusiness(
                new TenantId(businessId), (request.Profile ?? new()).ToChange(), (request.Settings ?? new()).ToChange()), cancellationToken);
        return Answers.NoContent(new Committed(0));
    }

    private static async Task<NoContentAnswer> InviteOwner(Guid businessId, InviteOwnerRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new InviteOwner(new TenantId(businessId), request.Email), cancellationToken));

    private static async Task<NoContentAnswer> Suspend(
        Guid businessId, SuspendBusinessRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SuspendBusiness(new TenantId(businessId), request.Reason, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Reinstate(Guid businessId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReinstateBusiness(new TenantId(businessId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Close(Guid businessId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CloseBusiness(new TenantId(businessId), ByOperator: true), cancellationToken));

    private static async Task<NoContentAnswer> Reopen(Guid businessId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReopenBusiness(new TenantId(businessId)), cancellationToken));
}

/// <param name="OwnerEmail">Who is asked by mail to become the owner.</param>
/// <param name="Currency">ISO 4217</param>
/// <param name="Timezone">IANA, such as Europe/Berlin</param>
/// <param name="Subdomain">3 to 63 lower-case letters and digits, with single hyphens inside; left out: made from the name.</param>
/// <param name="Mode">test: a sandbox whose clock can be moved and whose providers are simulated. Left out: live.</param>
/// <param name="Country">ISO 3166-1 alpha-2</param>
/// <param name="InfrastructureId">Which it belongs to. Those of operators of one belong to theirs.</param>
internal sealed record CreateBusinessForRequest(
    string OwnerEmail, string Name, string Currency, string Timezone, string? Subdomain = null, BusinessMode? Mode = null, string? Country = null,
    Guid? InfrastructureId = null);

/// <summary>What is left out stays as it is.</summary>
internal sealed record UpdateBusinessRequest(ChangeProfileRequest? Profile = null, ChangeSettingsRequest? Settings = null);

/// <param name="Email">Who is asked to become the owner.</param>
internal sealed record InviteOwnerRequest(string Email);

internal sealed record SuspendBusinessRequest(SuspensionReason Reason);

/// <summary>A business as the platform knows it.</summary>
/// <param name="Name">That it was registered with.</param>
/// <param name="TestClockId">Of a test business.</param>
/// <param name="OwnerId">The user who owned it first; absent where an operator began it.</param>
/// <param name="StatusSince">When it got into its status.</param>
/// <param name="SuspendedFor">Why it is suspended.</param>
/// <param name="ClosesAt">Until when a closing business can be reopened, by its own clock.</param>
internal sealed record BusinessRecordBody(
    Guid Id, Guid InfrastructureId, string Name, string Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, Guid? OwnerId, DateTimeOffset RegisteredAt,
    DateTimeOffset StatusSince, SuspensionReason? SuspendedFor, DateTimeOffset? ClosesAt)
{
    public static BusinessRecordBody Of(BusinessRecord record) => new(
        record.BusinessId.Value, record.InfrastructureId.Value, record.Name, record.Subdomain, record.Mode, record.Status, record.TestClockId, record.Owner?.Value, record.RegisteredAt,
        record.ChangedAt, record.SuspendedFor, record.ClosesAt);
}
