using System.Globalization;
using System.Text.Json;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Orders of PayPal's API v2 with the intent to authorize: the customer approves one on PayPal's page, it is authorized here, and what is held is captured when the
/// business takes the order on. A payment's reference is the order's id; its authorization, capture and refunds are read from the order.
/// </summary>
internal sealed class PayPalPayments(PayPalHttp http, ConnectionId connection) : IPaymentProvider
{
    public const string Provider = "paypal";

    public string Name => Provider;

    public ConnectionId? Connection => connection;

    public async Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken)
    {
        var answer = await http.Post("v2/checkout/orders", request.IdempotencyKey, new
        {
            intent = "AUTHORIZE",
            purchase_units = new[] { new { custom_id = request.PaymentId.ToString(), description = $"Order {request.OrderNumber}", amount = PayPalAmounts.Of(request.Amount) } },
            payment_source = new { paypal = new { experience_context = new { user_action = "PAY_NOW", shipping_preference = "NO_SHIPPING" } } },
        }, cancellationToken);
        var page = answer.Body.At("links").Each().Select(link => (JsonElement?)link).FirstOrDefault(link => link.Text("rel") is "payer-action" or "approve").Text("href");
        return answer.Succeeded && answer.Body.Text("id") is { } id && page is not null ? new(id, page) : throw PayPalHttp.Refused(answer);
    }

    public Task<PaymentForm?> Form(string reference, CancellationToken cancellationToken) => Task.FromResult<PaymentForm?>(null);

    /// <summary>What the customer has approved is authorized now: PayPal holds nothing before somebody asks for that.</summary>
    public async Task<PaymentReport?> Find(string reference, CancellationToken cancellationToken)
    {
        var order = await Order(reference, cancellationToken);
        if (order.Text("status") != "APPROVED")
        {
            return Report(order);
        }

        var answer = await http.Post($"v2/checkout/orders/{Uri.EscapeDataString(reference)}/authorize", $"authorize-{reference}-{order.Text("update_time")}", new { }, cancellationToken);
        return answer.Succeeded ? Report(answer.Body)
            : PayPalHttp.Issue(answer) is { } issue ? new PaymentReport.Declined(issue)
            : throw PayPalHttp.Refused(answer);
    }

    public async Task<PaymentReport> Capture(string reference, Money amount, string idempotencyKey, CancellationToken cancellationToken)
    {
        var order = await Order(reference, cancellationToken);
        if (Report(order) is { } settled and not PaymentReport.Authorized)
        {
            return settled;
        }

        if (PayPalOrder.Authorization(order).Text("id") is not { } authorization)
        {
            return new PaymentReport.CaptureRefused("not_authorized");
        }

        var answer = await http.Post(
            $"v2/payments/authorizations/{Uri.EscapeDataString(authorization)}/capture", idempotencyKey, new { amount = PayPalAmounts.Of(amount), final_capture = true }, cancellationToken);
        return answer.Succeeded ? OfCapture(answer.Body) ?? throw PayPalHttp.Undecided()
            : PayPalHttp.Issue(answer) is { } issue ? new PaymentReport.CaptureRefused(issue)
            : throw PayPalHttp.Refused(answer);
    }

    /// <summary>An order that was never authorized holds nothing, and expires by itself.</summary>
    public async Task<PaymentReport> Release(string reference, string idempotencyKey, CancellationToken cancellationToken)
    {
        var order = await Order(reference, cancellationToken);
        if (PayPalOrder.Captures(order) is not [])
        {
            return Report(order) is { } captured ? captured is PaymentReport.Several ? captured : new PaymentReport.Released() : throw PayPalHttp.Undecided();
        }

        var authorization = PayPalOrder.Authorization(order);
        if (authorization.Text("status") is not ("CREATED" or "PENDING"))
        {
            return new PaymentReport.Released();
        }

        var answer = await http.Post($"v2/payments/authorizations/{Uri.EscapeDataString(authorization.Text("id") ?? "")}/void", idempotencyKey, body: null, cancellationToken);
        return answer.Succeeded || PayPalHttp.Issue(answer) is "authorization_already_voided" or "authorization_voided" or "previously_voided" or "authorization_expired" ? new PaymentReport.Released()
            : PayPalHttp.Issue(answer) is "previously_captured" or "authorization_already_captured" ? throw PayPalHttp.Undecided() // the next look finds the capture
            : throw PayPalHttp.Refused(answer);
    }

    /// <summary>PayPal remembers ids of requests for some weeks only, so it is asked first whether an earlier attempt made this refund.</summary>
    public async Task<PaymentReport?> Refund(RefundRequest request, CancellationToken cancellationToken)
    {
        var order = await Order(request.Reference, cancellationToken);
        if (PayPalOrder.Refunds(order).Find(refund => PayPalOrder.RefundIdOf(refund) == request.RefundId) is { ValueKind: JsonValueKind.Object } earlier)
        {
            return OfRefund(earlier);
        }

        var capture = PayPalOrder.Captures(order).Select(one => (JsonElement?)one).FirstOrDefault(PayPalOrder.IsPaid).Text("id") ?? throw PayPalHttp.Undecided();
        var answer = await http.Post(
            $"v2/payments/captures/{Uri.EscapeDataString(capture)}/refund", request.RefundId.ToString(),
            new { amount = PayPalAmounts.Of(request.Amount), custom_id = PayPalOrder.RefundMark + request.RefundId }, cancellationToken);
        return answer.Succeeded ? OfRefund(answer.Body, request.RefundId)
            : PayPalHttp.Issue(answer) is { } issue ? new PaymentReport.RefundRefused(request.RefundId, issue)
            : throw PayPalHttp.Refused(answer);
    }

    /// <summary>Null: it is not there any more, as one that nobody approved for some hours.</summary>
    private async Task<JsonElement?> Order(string reference, CancellationToken cancellationToken)
    {
        var answer = await http.Get($"v2/checkout/orders/{Uri.EscapeDataString(reference)}", cancellationToken);
        return answer.Succeeded ? answer.Body : answer.Status == 404 ? null : throw PayPalHttp.Refused(answer);
    }

    /// <summary>How an order stands, with all its refunds. Null: nothing has come of it yet.</summary>
    private static PaymentReport? Report(JsonElement? order)
    {
        if (PayPalOrder.Captures(order).Select(capture => OfCapture(capture)).OfType<PaymentReport>().FirstOrDefault() is { } capture)
        {
            return capture is PaymentReport.Captured
                ? new PaymentReport.Several([capture, .. PayPalOrder.Refunds(order).Select(refund => OfRefund(refund)).OfType<PaymentReport>()])
                : capture;
        }

        return PayPalOrder.Authorization(order).Text("status") switch
        {
            "CREATED" or "PENDING" or "CAPTURED" or "PARTIALLY_CAPTURED" when PayPalOrder.Captures(order) is not [] => null, // a capture that PayPal looks into
            "CREATED" => new PaymentReport.Authorized(),
            "VOIDED" => new PaymentReport.Released(),
            "DENIED" => new PaymentReport.Declined("authorization_denied"),
            "EXPIRED" => new PaymentReport.CaptureRefused("authorization_expired"),
            _ => order.Text("status") == "VOIDED" ? new PaymentReport.Released() : null,
        };
    }

    private static PaymentReport? OfCapture(JsonElement? capture) =>
        PayPalOrder.IsPaid(capture) && PayPalAmounts.Read(capture) is { } amount ? new PaymentReport.Captured(amount)
        : capture.Text("status") is "DECLINED" or "FAILED" ? new PaymentReport.CaptureRefused("capture_declined")
        : null;

    /// <param name="refund">As PayPal shows it.</param>
    /// <param name="asked">Under which it was asked for here; null: as it says itself.</param>
    private static PaymentReport? OfRefund(JsonElement? refund, RefundId? asked = null) => (refund.Text("status"), asked ?? PayPalOrder.RefundIdOf(refund), refund.Text("id") ?? "") switch
    {
        ("COMPLETED", { } id, var reference) => new PaymentReport.RefundMade(id, reference),
        ("FAILED" or "CANCELLED", { } id, _) => new PaymentReport.RefundRefused(id, "refund_failed"),
        ("COMPLETED", null, var reference) when PayPalAmounts.Read(refund) is { } amount => new PaymentReport.RefundFound(reference, amount, Failure: null),
        ("FAILED" or "CANCELLED", null, var reference) when PayPalAmounts.Read(refund) is { } amount => new PaymentReport.RefundFound(reference, amount, "refund_failed"),
        _ => null,
    };
}

/// <summary>What stands in an order of one purchase unit.</summary>
internal static class PayPalOrder
{
    /// <summary>The last one: an order that was declined can be authorized again.</summary>
    public static JsonElement? Authorization(JsonElement? order) => Payments(order).At("authorizations").Each() is var all && all.Any() ? all.Last() : null;

    public static List<JsonElement> Captures(JsonElement? order) => [.. Payments(order).At("captures").Each()];

    public static List<JsonElement> Refunds(JsonElement? order) => [.. Payments(order).At("refunds").Each()];

    /// <summary>Whatever went back of it since.</summary>
    public static bool IsPaid(JsonElement? capture) => capture.Text("status") is "COMPLETED" or "PARTIALLY_REFUNDED" or "REFUNDED";

    /// <summary>Without it a refund has what its order has: the id of the payment.</summary>
    public const string RefundMark = "refund:";

    /// <summary>Under which it was asked for here; null: somebody made it at PayPal.</summary>
    public static RefundId? RefundIdOf(JsonElement? refund) =>
        refund.Text("custom_id") is { } mark && mark.StartsWith(RefundMark, StringComparison.Ordinal) && Guid.TryParse(mark.AsSpan(RefundMark.Length), out var id) ? new(id) : null;

    private static JsonElement? Payments(JsonElement? order) => ((JsonElement?)order.At("purchase_units").Each().FirstOrDefault()).At("payments");
}

/// <summary>Amounts as PayPal writes them: major units with a point, and without one where the currency has no parts.</summary>
internal static class PayPalAmounts
{
    public static object Of(Money money)
    {
        var digits = Currencies.DigitsOf(money.Currency);
        var value = money.Amount / (decimal)Math.Pow(10, digits);
        return new { currency_code = money.Currency, value = value.ToString($"F{digits}", CultureInfo.InvariantCulture) };
    }

    /// <summary>Of a thing with an amount. Null: it has none.</summary>
    public static Money? Read(JsonElement? owner) => Parse(owner.At("amount"));

    public static Money? Parse(JsonElement? amount) =>
        amount.Text("currency_code") is { } currency && Currencies.IsKnown(currency) && decimal.TryParse(amount.Text("value"), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? Currencies.FromMajorUnits(value, currency)
            : null;
}
