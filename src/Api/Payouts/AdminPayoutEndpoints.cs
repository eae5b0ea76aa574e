using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Api.Payouts;

/// <summary>The queue of payouts that operators work through (PAY-06), and what the platform took (PAY-07). Whatever became of a business, its money is its own.</summary>
internal static class AdminPayoutEndpoints
{
    public static void MapAdminPayouts(this IEndpointRouteBuilder api)
    {
        var payouts = api.MapGroup("/admin/payouts").WithTags("Platform").OnPlatform().For(Purpose.Erase);
        payouts.MapGet("/", List).WithName("ListPayoutQueue").RequirePermission(Permissions.AdminPayouts);
        payouts.MapGet("/{payoutId:guid}", Get).WithName("GetPayoutOfBusiness").RequirePermission(Permissions.AdminPayouts);
        api.MapGet("/admin/platform-fees", Fees).WithTags("Platform").WithName("SummarizePlatformFees").RequirePermission(Permissions.AdminPayouts).OnPlatform();

        var steps = payouts.MapGroup("/{payoutId:guid}").RequirePermission(Permissions.PayoutsProcess).Refuses(409, "illegal_transition");
        steps.MapPost("/approve", (Guid payoutId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new ApprovePayout(new(payoutId), ifMatch.Version), mediator, cancellationToken)).WithName("ApprovePayout");
        steps.MapPost("/hold", (Guid payoutId, PayoutReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new HoldPayout(new(payoutId), request.Reason, ifMatch.Version), mediator, cancellationToken)).WithName("HoldPayout").Refuses(400, "reason_invalid");
        steps.MapPost("/release", (Guid payoutId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new ReleasePayout(new(payoutId), ifMatch.Version), mediator, cancellationToken)).WithName("ReleasePayout");
        steps.MapPost("/process", (Guid payoutId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new ProcessPayout(new(payoutId), ifMatch.Version), mediator, cancellationToken)).WithName("ProcessPayout").RequireStepUp();
        steps.MapPost("/retry", (Guid payoutId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new RetryPayout(new(payoutId), ifMatch.Version), mediator, cancellationToken)).WithName("RetryPayout").RequireStepUp();
        steps.MapPost("/reverse", (Guid payoutId, PayoutReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new ReversePayout(new(payoutId), request.Reason, ifMatch.Version), mediator, cancellationToken)).WithName("ReversePayout").RequireStepUp()
            .Refuses(400, "reason_invalid");
        steps.MapPost("/adjust", (Guid payoutId, AdjustPayoutRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new AdjustPayout(new(payoutId), request.Amount, request.Reason, ifMatch.Version), mediator, cancellationToken)).WithName("AdjustPayout").RequireStepUp()
            .Refuses(400, "reason_invalid", "adjustment_invalid").Refuses(422, "adjustment_exceeds_net");
        steps.MapPost("/paid", (Guid payoutId, PayoutPaidRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new RecordTransfer(new(payoutId), request.Reference, null, ifMatch.Version), mediator, cancellationToken)).WithName("RecordPayoutPaid").RequireStepUp()
            .Refuses(400, "reference_invalid").Refuses(409, "payout_not_by_hand");
        steps.MapPost("/failed", (Guid payoutId, PayoutReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
            Step(payoutId, new RecordTransfer(new(payoutId), null, request.Reason, ifMatch.Version), mediator, cancellationToken)).WithName("RecordPayoutFailed").RequireStepUp()
            .Refuses(400, "reason_invalid").Refuses(409, "payout_not_by_hand");
    }

    /// <param name="paging">Which page.</param>
    /// <param name="status">Only those that stand so.</param>
    /// <param name="businessId">Only those of one business.</param>
    /// <param name="currency">ISO 4217</param>
    /// <param name="until">Only those whose period was over by then.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<PageAnswer<QueuedPayoutBody>> List(
        Paging paging, Choice<PayoutStatus>? status, Guid? businessId, string? currency, DateTimeOffset? until, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(new ListPayoutQueue(paging, status?.Value, businessId is { } id ? new TenantId(id) : null, currency, until), cancellationToken), QueuedPayoutBody.Of);

    private static async Task<OkAnswer<PayoutBody>> Get(Guid payoutId, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetPayoutOfBusiness(new(payoutId)), cancellationToken);
        return Answers.Ok(PayoutBody.Of(found.Payout) with { BusinessId = found.BusinessId.Value }, found.Payout.Version);
    }

    /// <param name="paging">Which page.</param>
    /// <param name="businessId">Only of one business.</param>
    /// <param name="currency">ISO 4217</param>
    /// <param name="from">Only periods that ended then or later.</param>
    /// <param name="until">Only those that ended by then.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<OkAnswer<PlatformFeesBody>> Fees(
        Paging paging, Guid? businessId, string? currency, DateTimeOffset? from, DateTimeOffset? until, IMediator mediator, CancellationToken cancellationToken)
    {
        var fees = await mediator.Send(new SummarizePlatformFees(paging, businessId is { } id ? new TenantId(id) : null, currency, from, until), cancellationToken);
        return Answers.Ok(new PlatformFeesBody([.. fees.Totals], [.. fees.Page.Data.Select(FeesOfPeriodBody.Of)], fees.Page.HasMore, fees.Page.NextCursor));
    }

    /// <summary>The commit is the business's, so its position is of no use here; the version is the payout's.</summary>
    private static async Task<NoContentAnswer> Step(Guid payoutId, IRequest<Committed> step, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(new Committed((await mediator.Send(new StepPayout(new(payoutId), step), cancellationToken)).There.Version));
}

/// <param name="Reason">For people.</param>
internal sealed record PayoutReasonRequest(string Reason);

/// <param name="Amount">More to be paid, or less.</param>
/// <param name="Reason">Stands on the statement.</param>
internal sealed record AdjustPayoutRequest(Money Amount, string Reason);

/// <param name="Reference">What the bank calls the transfer.</param>
internal sealed record PayoutPaidRequest(string Reference);
