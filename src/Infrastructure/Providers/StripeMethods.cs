using System.Globalization;
using System.Text.Json;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Wallets;
using Mainstreet.Infrastructure.Inbound;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Cards that customers leave at Stripe (CUS-04), and what is paid with them. A setup intent is finished by the customer's page with its client secret, so no card is seen
/// here either (PAY-08); digital wallets are cards there. A customer at Stripe is no more than the id of an account.
/// </summary>
internal sealed partial class StripePayments : IMethodKeeper
{
    public async Task<string> NewCustomer(AccountId account, string idempotencyKey, CancellationToken cancellationToken)
    {
        var answer = await Post("customers", idempotencyKey, cancellationToken, ("metadata[account_id]", account.ToString()));
        return answer.Succeeded && answer.Body.Text("id") is { } id ? id : throw Refused(answer);
    }

    public async Task<MethodSetupSession?> BeginSetup(MethodSetupRequest request, CancellationToken cancellationToken)
    {
        var answer = await Post(
            "setup_intents", $"{request.SetupId}/{request.Customer}", cancellationToken,
            ("customer", request.Customer), ("usage", "off_session"), ("payment_method_types[]", "card"),
            ("metadata[account_id]", request.AccountId.ToString()), ("metadata[setup_id]", request.SetupId.ToString()));
        return answer.Succeeded && answer.Body.Text("id") is { } id && answer.Body.Text("client_secret") is { } secret
            ? new(id, secret, credentials.GetValueOrDefault(ConnectionProvider.PublishableKey))
            : IsMissing(answer) ? null : throw Refused(answer);
    }

    public async Task<MethodSetupReport> FindSetup(string reference, CancellationToken cancellationToken)
    {
        var answer = await Get($"setup_intents/{Uri.EscapeDataString(reference)}?expand[]=payment_method", cancellationToken);
        return answer.Succeeded ? Setup(answer.Body) : IsMissing(answer) ? new MethodSetupReport.Failed("setup_unknown") : throw Refused(answer);
    }

    /// <summary>What is finished, or canceled before, is refused: then it is asked how it stands.</summary>
    public async Task<MethodSetupReport> CancelSetup(string reference, string idempotencyKey, CancellationToken cancellationToken)
    {
        var answer = await Post($"setup_intents/{Uri.EscapeDataString(reference)}/cancel", idempotencyKey, cancellationToken, ("cancellation_reason", "abandoned"));
        return answer.Succeeded ? new MethodSetupReport.Failed("expired") : await FindSetup(reference, cancellationToken);
    }

    public async Task<SavedCard?> FindCard(string reference, CancellationToken cancellationToken)
    {
        var answer = await Get($"payment_methods/{Uri.EscapeDataString(reference)}", cancellationToken);
        return answer.Succeeded ? StripeCards.Read(answer.Body) : IsMissing(answer) ? null : throw Refused(answer);
    }

    /// <summary>Stripe has no code for what is detached already, so it is asked.</summary>
    public async Task Detach(string reference, string idempotencyKey, CancellationToken cancellationToken)
    {
        var path = $"payment_methods/{Uri.EscapeDataString(reference)}";
        var answer = await Post($"{path}/detach", idempotencyKey, cancellationToken);
        if (!answer.Succeeded)
        {
            var present = await Get(path, cancellationToken);
            Check(IsMissing(present) || (present.Succeeded && present.Body.Text("customer") is null), answer);
        }
    }

    public async Task ForgetCustomer(string customer, CancellationToken cancellationToken)
    {
        var answer = await Send(HttpMethod.Delete, $"customers/{Uri.EscapeDataString(customer)}", content: null, idempotencyKey: null, cancellationToken);
        Check(answer.Succeeded || IsMissing(answer), answer);
    }

    /// <summary>
    /// The customer is at the shop, so the bank may ask them: then the intent waits for the page, as all others do. It does too when the card is declined, or is not at
    /// Stripe any more.
    /// </summary>
    public async Task<PaymentReport?> PayWith(string reference, MethodTokens method, string idempotencyKey, CancellationToken cancellationToken)
    {
        var answer = await Post($"payment_intents/{Uri.EscapeDataString(reference)}/confirm", idempotencyKey, cancellationToken, ("payment_method", method.Reference));
        var intent = answer.Succeeded ? answer.Body : answer.Body.At("error").At("payment_intent");
        return intent.Text("status") switch
        {
            "requires_capture" => new PaymentReport.Authorized(),
            "requires_action" or "requires_confirmation" or "processing" => null,
            _ => Report(answer) ?? (IsAboutTheMethod(answer) ? new PaymentReport.Declined(CodeOf(answer)) : throw Refused(answer)),
        };
    }

    /// <summary>With redirects it would have to know where the customer comes back to.</summary>
    private static (string Name, string Value)[] Customer(PaymentRequest request) =>
        request.Customer is { } customer ? [("customer", customer), ("automatic_payment_methods[allow_redirects]", "never")] : [];

    /// <summary>A method that was detached is refused without a code.</summary>
    private static bool IsAboutTheMethod(ProviderAnswer answer) => answer.Status is 400 or 402 or 404 && answer.Body.At("error") is var error
        && error.Text("type") is "invalid_request_error" or "card_error" && error.Text("code") is not ("parameter_unknown" or "parameter_missing" or "parameter_invalid_empty" or "idempotency_key_in_use");

    private static bool IsMissing(ProviderAnswer answer) => answer.Status is 400 or 404 && answer.Body.At("error").Text("code") is "resource_missing";

    private static void Check(bool holds, ProviderAnswer answer)
    {
        if (!holds)
        {
            throw Refused(answer);
        }
    }

    private static MethodSetupReport Setup(JsonElement? setup) => setup.Text("status") switch
    {
        "succeeded" when StripeCards.Read(setup.At("payment_method")) is { } card && setup.At("payment_method").Text("id") is { } id =>
            new MethodSetupReport.Succeeded(id, StripeCards.TypeOf(setup.At("payment_method")), card),
        "succeeded" => new MethodSetupReport.Failed("not_a_card"),
        "canceled" => new MethodSetupReport.Failed("canceled"),
        _ => new MethodSetupReport.Unfinished(ProviderHttp.Code(setup.At("last_setup_error"), "decline_code", "code")),
    };
}

/// <summary>Payment methods as Stripe writes them.</summary>
internal static class StripeCards
{
    /// <summary>Null: it is no card.</summary>
    public static SavedCard? Read(JsonElement? method)
    {
        var card = method.At("card");
        return card.Text("brand") is { } brand && card.Text("last4") is { } last4
            && int.TryParse(card.Text("exp_month"), CultureInfo.InvariantCulture, out var month) && int.TryParse(card.Text("exp_year"), CultureInfo.InvariantCulture, out var year)
                ? new(brand, last4, month, year)
                : null;
    }

    public static SavedMethodType TypeOf(JsonElement? method) => method.At("card").At("wallet") is { ValueKind: JsonValueKind.Object } ? SavedMethodType.DigitalWallet : SavedMethodType.Card;
}
