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
        var businesses = api.MapGroup("/admin/businesses").WithTags("Platform").OnPlatform();
        businesses.MapGet("/", List).WithName("ListBusinesses").RequirePermission(Permissions.AdminBusinesses);
        businesses.MapGet("/{businessId:guid}", Get).WithName("GetBusinessRecord").RequirePermission(Permissions.AdminBusinesses);

        var one = businesses.MapGroup("/{businessId:guid}").RequirePermission(Permissions.BusinessesManage).Refuses(409, "illegal_transition");
        one.MapPost("/suspend", Suspend).WithName("SuspendBusiness");
        one.MapPost("/reinstate", Reinstate).WithName("ReinstateBusiness");
        one.MapPost("/close", Close).WithName("CloseBusinessOf").RequireStepUp();
        one.MapPost("/reopen", Reopen).WithName("ReopenBusinessOf");
    }

    /// <param name="status">Only those in it.</param>
    /// <param name="mode">Only live ones, or only test ones.</param>
    /// <param name="q">Words that all occur in name or subdomain.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<PageAnswer<BusinessRecordBody>> List(
        Choice<BusinessStatus>? status, Choice<BusinessMode>? mode, string? q, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListBusinesses(status?.Value, mode?.Value, q, paging), cancellationToken), BusinessRecordBody.Of);

    private static async Task<OkAnswer<BusinessRecordBody>> Get(Guid businessId, IMediator mediator, CancellationToken cancellationToken)
    {
        var record = await mediator.Send(new GetBusinessRecord(new TenantId(businessId)), cancellationToken);
        return Answers.Ok(BusinessRecordBody.Of(record), record.Version);
    }

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

internal sealed record SuspendBusinessRequest(SuspensionReason Reason);

/// <summary>A business as the platform knows it.</summary>
/// <param name="Name">That it was registered with.</param>
/// <param name="TestClockId">Of a test business.</param>
/// <param name="OwnerId">The user who owned it first.</param>
/// <param name="StatusSince">When it got into its status.</param>
/// <param name="SuspendedFor">Why it is suspended.</param>
/// <param name="ClosesAt">Until when a closing business can be reopened, by its own clock.</param>
internal sealed record BusinessRecordBody(
    Guid Id, string Name, string Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, Guid OwnerId, DateTimeOffset RegisteredAt,
    DateTimeOffset StatusSince, SuspensionReason? SuspendedFor, DateTimeOffset? ClosesAt)
{
    public static BusinessRecordBody Of(BusinessRecord record) => new(
        record.BusinessId.Value, record.Name, record.Subdomain, record.Mode, record.Status, record.TestClockId, record.Owner.Value, record.RegisteredAt,
        record.ChangedAt, record.SuspendedFor, record.ClosesAt);
}
