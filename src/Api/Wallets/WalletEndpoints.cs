using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Api.Wallets;

/// <summary>With what customers pay (CUS-04). No card and no name that a gateway has for one passes here (PAY-08).</summary>
internal static class WalletEndpoints
{
    public static void MapWallets(this IEndpointRouteBuilder api)
    {
        var methods = api.MapGroup("/customers/me/payment-methods").WithTags("Customers").RequireCustomer().Refuses(404, "not_found");
        methods.MapGet("/", List).WithName("ListPaymentMethods");
        methods.MapPost("/setup", Begin).WithName("BeginPaymentMethodSetup")
            .Refuses(409, "too_many_payment_methods", "too_many_payment_method_setups", "gateway_cannot_save_methods", "connection_pending", "connection_reauth_required", "connection_revoked")
            .Refuses(422, "payment_method_not_available", "payment_provider_refused", "payment_callbacks_not_configured", "connection_not_for_payments", "payment_test_key")
            .Refuses(503, "payment_provider_unavailable");
        methods.MapPost("/", Add).WithName("AddPaymentMethod").Refuses(400, "setup_required")
            .Refuses(
                409, "too_many_payment_methods", "payment_method_setup_unfinished", "payment_method_setup_failed", "connection_pending", "connection_reauth_required", "connection_revoked")
            .Refuses(422, "payment_provider_refused", "connection_not_for_payments", "payment_test_key").Refuses(503, "payment_provider_unavailable");
        methods.MapDelete("/{paymentMethodId:guid}", Remove).WithName("RemovePaymentMethod").For(Purpose.Attend);
        methods.MapPost("/{paymentMethodId:guid}/default", SetDefault).WithName("SetDefaultPaymentMethod");
    }

    private static async Task<OkAnswer<PaymentMethodsBody>> List(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var shown = await mediator.Send(new GetWallet(caller.Customer()), cancellationToken);
        return Answers.Ok(PaymentMethodsBody.Of(shown), shown.Version);
    }

    private static async Task<CreatedAnswer<PaymentMethodSetupBody>> Begin(Caller caller, MethodSetupSecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new BeginMethodSetup(caller.Customer()), cancellationToken);
        return Answers.Created("/customers/me/payment-methods", PaymentMethodSetupBody.Of(receipt, secrets), receipt);
    }

    private static async Task<CreatedAnswer<AddedPaymentMethodBody>> Add(AddPaymentMethodRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        IRequest<SavedMethodReceipt> command = request switch
        {
            { SetupId: { } setup } => new SavePaymentMethod(caller.Customer(), new(setup), request.Default),
            { Type: SavedMethodType.Cash } => new PreferCash(caller.Customer(), request.Default),
            _ => throw new DomainException(WalletErrors.SetupRequired),
        };
        var receipt = await mediator.Send(command, cancellationToken);
        return Answers.Created("/customers/me/payment-methods", new AddedPaymentMethodBody(receipt.PaymentMethodId.Value), receipt);
    }

    private static async Task<NoContentAnswer> Remove(Guid paymentMethodId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemovePaymentMethod(caller.Customer(), new(paymentMethodId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> SetDefault(Guid paymentMethodId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetDefaultPaymentMethod(caller.Customer(), new(paymentMethodId), ifMatch.Version), cancellationToken));
}
