using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Api.Payouts;

/// <summary>What operators have agreed with a business on fees and payouts (PAY-04, PAY-05).</summary>
internal static class PayoutTermsEndpoints
{
    public static void MapPayoutTerms(this IEndpointRouteBuilder api)
    {
        var terms = api.MapGroup("/admin/businesses/{businessId:guid}/payout-terms").WithTags("Platform").OnPlatform();
        terms.MapGet("/", Get).WithName("GetPayoutTermsOf").RequirePermission(Permissions.AdminPayouts);
        terms.MapPut("/", Change).WithName("ChangePayoutTerms").RequirePermission(Permissions.PayoutsProcess).RequireStepUp()
            .Refuses(400, "fee_rate_invalid", "destination_invalid").Refuses(404, "not_found");
    }

    private static async Task<OkAnswer<PayoutTermsBody>> Get(Guid businessId, IMediator mediator, CancellationToken cancellationToken)
    {
        var agreed = await mediator.Send(new GetPayoutTermsOf(new(businessId)), cancellationToken);
        return Answers.Ok(PayoutTermsBody.Of(agreed), agreed.Version);
    }

    private static async Task<NoContentAnswer> Change(
        Guid businessId, ChangePayoutTermsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var rate = request.Rate is { } own ? new FeeRate(own.BasisPoints, own.Fixed ?? []) : null;
        var changed = await mediator.Send(
            new ChangePayoutTermsOf(new(businessId), new(rate, request.Schedule ?? PayoutSchedule.Weekly, request.AutoApprove, request.Destination), ifMatch.Version), cancellationToken);
        return Answers.NoContent(new Committed(changed.There.Version));
    }
}

/// <param name="Rate">Of what is paid from now on; left out: the platform's.</param>
/// <param name="Schedule">From the next period on; left out: weekly.</param>
/// <param name="AutoApprove">Nobody has to approve its payouts before they are processed.</param>
/// <param name="Destination">What the provider of transfers calls the business's account.</param>
internal sealed record ChangePayoutTermsRequest(ChangeFeeRateRequest? Rate = null, PayoutSchedule? Schedule = null, bool AutoApprove = false, string? Destination = null);

/// <param name="BasisPoints">Hundredths of a percent of every transaction: 250 is 2.5%.</param>
/// <param name="Fixed">And that, at most one amount per currency.</param>
internal sealed record ChangeFeeRateRequest(int BasisPoints = 0, Money[]? Fixed = null);
