using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Payments;

/// <summary>In a test business, what a payment provider would report. A live one has no such routes: 404.</summary>
internal static class SandboxPaymentEndpoints
{
    public static void MapSandboxPayments(this IEndpointRouteBuilder api)
    {
        var payments = api.MapGroup("/sandbox/payments/{orderId:guid}").WithTags("Sandbox")
            .RequirePermission(Permissions.SandboxWrite).For(Purpose.Attend).Refuses(409, "payment_not_initiated");
        payments.MapPost("/authorize", Authorize).WithName("AuthorizeSandboxPayment");
        payments.MapPost("/fail", Fail).WithName("FailSandboxPayment");
        payments.MapPost("/dispute", Dispute).WithName("DisputeSandboxPayment");
    }

    private static async Task<NoContentAnswer> Authorize(Guid orderId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SimulatePayment(new OrderId(orderId)), cancellationToken));

    private static async Task<NoContentAnswer> Fail(Guid orderId, FailPaymentRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SimulatePayment(new OrderId(orderId), new PaymentReport.Declined(request?.Reason ?? "card_declined")), cancellationToken));

    private static async Task<NoContentAnswer> Dispute(Guid orderId, DisputePaymentRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new SimulatePayment(new OrderId(orderId), new PaymentReport.Disputed("sandbox_dispute", Amount: null, "fraudulent", request?.Won)), cancellationToken));
}

/// <param name="Reason">The provider's code; card_declined when left out.</param>
internal sealed record FailPaymentRequest(string? Reason = null);

/// <param name="Won">By the business; left out: it is not decided yet.</param>
internal sealed record DisputePaymentRequest(bool? Won = null);
