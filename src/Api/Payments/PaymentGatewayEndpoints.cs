using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Api.Payments;

/// <summary>Through which of its connections a business is paid (PAY-02), and with what its customers pay there.</summary>
internal static class PaymentGatewayEndpoints
{
    public static void MapPaymentGateways(this IEndpointRouteBuilder api)
    {
        var gateways = api.MapGroup("/business/payment-gateways").WithTags("Payments");
        gateways.MapGet("/", List).WithName("ListPaymentGateways").RequirePermission(Permissions.ConnectionsRead);
        gateways.MapPut("/{currency}", Choose).WithName("ChoosePaymentGateway").RequirePermission(Permissions.ConnectionsWrite).RequireStepUp()
            .Refuses(404, "not_found").Refuses(409, "connection_pending", "connection_revoked", "connection_reauth_required")
            .Refuses(422, "connection_not_for_payments", "gateway_currency_not_supported");
        gateways.MapDelete("/{currency}", Remove).WithName("RemovePaymentGateway").RequirePermission(Permissions.ConnectionsWrite).RequireStepUp().For(Purpose.WindUp).Refuses(404, "not_found");

        api.MapGet("/orders/{orderId:guid}/payment", Page).WithTags("Orders").WithName("GetPaymentPage").Public().ResolveTenant<TrackingTokenTenant>()
            .Refuses(409, "payment_not_initiated").Refuses(503, "payment_provider_unavailable");
    }

    private static async Task<OkAnswer<PaymentGatewaysBody>> List(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new PaymentGatewaysBody([.. (await mediator.Send(new ListPaymentGateways(), cancellationToken)).Select(PaymentGatewayBody.Of)]));

    private static async Task<NoContentAnswer> Choose(
        string currency, ChoosePaymentGatewayRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChoosePaymentGateway(currency, new(request.ConnectionId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Remove(string currency, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemovePaymentGateway(currency, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<PaymentPageBody>> Page(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new GetPaymentPage(new OrderId(orderId), token), cancellationToken);
        return Answers.Ok(new PaymentPageBody(page.Status, page.Provider, page.PayUrl, page.Form?.ClientSecret, page.Form?.PublishableKey));
    }
}

internal sealed record ChoosePaymentGatewayRequest(Guid ConnectionId);

internal sealed record PaymentGatewaysBody(PaymentGatewayBody[] Data);

internal sealed record PaymentGatewayBody(string Currency, string Provider, Guid ConnectionId, DateTimeOffset UpdatedAt, int Version)
{
    public static PaymentGatewayBody Of(PaymentGatewayView gateway) => new(gateway.Currency, gateway.Provider, gateway.ConnectionId.Value, gateway.ChangedAt, gateway.Version);
}

/// <param name="PayUrl">Where the customer pays; left out where the storefront's own page does it.</param>
/// <param name="ClientSecret">With which that page pays at the provider, and nothing else.</param>
/// <param name="PublishableKey">Of the business at the provider, for that page.</param>
internal sealed record PaymentPageBody(PaymentState Status, string Provider, string? PayUrl, string? ClientSecret, string? PublishableKey);
