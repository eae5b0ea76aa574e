using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Payment intents that are captured by hand, as Stripe's API of 2024-06-20 has them: forms go in, JSON comes out. The customer's page pays with the intent's
/// client secret, so no card is ever seen here.
/// </summary>
internal sealed partial class StripePayments(ProviderHttp http, string url, IReadOnlyDictionary<string, string> credentials, ConnectionId connection) : IPaymentProvider
{
    public const string Provider = "stripe";
    private const string Stripe = "Stripe";
    private const string Version = "2024-06-20";
    private const int PageOfRefunds = 100;

    public string Name => Provider;

    public ConnectionId? Connection => connection;

    public async Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken)
    {
        var answer = await Post("payment_intents", request.IdempotencyKey, cancellationToken, [.. Intent(request), .. Customer(request)]);
        if (IsMissing(answer) && request.Customer is not null)
        {
            answer = await Post("payment_intents", $"{request.IdempotencyKey}/without", cancellationToken, Intent(request)); // the key is used up
        }

        return answer.Succeeded && answer.Body.Text("id") is { } id ? new(id, PayUrl: null) : throw Refused(answer);
    }

    public async Task<PaymentForm?> Form(string reference, CancellationToken cancellationToken)
    {
        var answer = await Get($"payment_intents/{Uri.EscapeDataString(reference)}", cancellationToken);
        return answer.Succeeded && answer.Body.Text("client_secret") is { } secret
            ? new(secret, credentials.GetValueOrDefault(ConnectionProvider.PublishableKey))
            : throw Refused(answer);
    }

    public async Task<PaymentReport?> Find(string reference, CancellationToken cancellationToken)
    {
        var answer = await Get($"payment_intents/{Uri.EscapeDataString(reference)}", cancellationToken);
        return !answer.Succeeded ? throw Refused(answer)
            : answer.Body.Text("status") == "requires_capture" ? new PaymentReport.Authorized()
            : Report(answer) is PaymentReport.Captured captured ? new PaymentReport.Several([captured, .. Made(await Refunds(reference, cancellationToken), answer.Body).Select(refund => StripeRefunds.Report(refund)).OfType<PaymentReport>()])
            : Report(answer);
    }

    public async Task<PaymentReport> Capture(string reference, Money amount, string idempotencyKey, CancellationToken cancellationToken)
    {
        var answer = await Post($"payment_intents/{Uri.EscapeDataString(reference)}/capture", idempotencyKey, cancellationToken, ("amount_to_capture", StripeAmounts.Of(amount)));
        return Report(answer) ?? (IsAboutThePayment(answer) ? new PaymentReport.CaptureRefused(CodeOf(answer)) : throw Refused(answer));
    }

    public async Task<PaymentReport> Release(string reference, string idempotencyKey, CancellationToken cancellationToken) =>
        await Post($"payment_intents/{Uri.EscapeDataString(reference)}/cancel", idempotencyKey, cancellationToken, ("cancellation_reason", "abandoned")) is var answer
        && Report(answer) is { } report ? report : throw Refused(answer);

    /// <summary>Stripe remembers keys for a day only, so it is asked first whether an earlier attempt made this refund.</summary>
    public async Task<PaymentReport?> Refund(RefundRequest request, CancellationToken cancellationToken)
    {
        var earlier = (await Refunds(request.Reference, cancellationToken)).Find(refund => StripeRefunds.IdOf(refund) == request.RefundId);
        if (earlier.ValueKind is JsonValueKind.Object)
        {
            return StripeRefunds.Report(earlier);
        }

        var answer = await Post(
            "refunds", request.RefundId.ToString(), cancellationToken,
            ("payment_intent", request.Reference), ("amount", StripeAmounts.Of(request.Amount)), ("metadata[refund_id]", request.RefundId.ToString()));
        return answer.Succeeded ? StripeRefunds.Report(answer.Body)
            : IsAboutThePayment(answer) ? new PaymentReport.RefundRefused(request.RefundId, CodeOf(answer))
            : throw Refused(answer);
    }

    private static (string Name, string Value)[] Intent(PaymentRequest request) =>
    [
        ("amount", StripeAmounts.Of(request.Amount)), ("currency", request.Amount.Currency.ToLowerInvariant()), ("capture_method", "manual"),
        ("automatic_payment_methods[enabled]", "true"), ("description", $"Order {request.OrderNumber}"),
        ("metadata[order_id]", request.OrderId.ToString()), ("metadata[payment_id]", request.PaymentId.ToString()),
    ];

    /// <summary>All refunds of an intent, whoever made them, the newest first.</summary>
    private async Task<List<JsonElement>> Refunds(string intent, CancellationToken cancellationToken)
    {
        var (all, more) = (new List<JsonElement>(), true);
        while (more)
        {
            var after = all is [.., var last] ? $"&starting_after={Uri.EscapeDataString(((JsonElement?)last).Text("id") ?? "")}" : "";
            var page = await Get($"refunds?payment_intent={Uri.EscapeDataString(intent)}&limit={PageOfRefunds}{after}", cancellationToken);
            var refunds = page.Succeeded ? page.Body.At("data").Each().ToList() : throw Refused(page);
            all.AddRange(refunds);
            more = refunds.Count > 0 && page.Body.At("has_more") is { ValueKind: JsonValueKind.True };
        }

        return all;
    }

    /// <summary>Without the one, the oldest of its amount, that in this version of the API stands for what was let go of uncaptured.</summary>
    private static IEnumerable<JsonElement> Made(List<JsonElement> refunds, JsonElement? intent)
    {
        var uncaptured = StripeAmounts.Read(intent, "amount")?.Amount - StripeAmounts.Read(intent, "amount_received")?.Amount;
        var release = uncaptured > 0 ? refunds.FindLastIndex(refund => StripeRefunds.IdOf(refund) is null && StripeAmounts.Read(refund, "amount")?.Amount == uncaptured) : -1;
        return refunds.Where((_, i) => i != release);
    }

    /// <summary>What became of an intent: as it was answered, or as it stands where a step was refused.</summary>
    private static PaymentReport? Report(ProviderAnswer answer)
    {
        var intent = answer.Succeeded ? answer.Body : answer.Body.At("error").At("payment_intent");
        return intent.Text("status") switch
        {
            "succeeded" when StripeAmounts.Read(intent, "amount_received") is { } received => new PaymentReport.Captured(received),
            "canceled" => new PaymentReport.Released(),
            _ => null,
        };
    }

    /// <summary>Not about who asks or how: that would have to be mended, and then asked again.</summary>
    private static bool IsAboutThePayment(ProviderAnswer answer) => answer.Status is 400 or 402 && answer.Body.At("error").Text("code") is not null
        && answer.Body.At("error").Text("code") is not ("parameter_unknown" or "parameter_missing" or "idempotency_key_in_use");

    private static string CodeOf(ProviderAnswer answer) => ProviderHttp.Code(answer.Body.At("error"), "decline_code", "code") ?? "refused";

    private static DomainException Refused(ProviderAnswer answer) =>
        new(PaymentErrors.ProviderRefused(Stripe, answer.Status, ProviderHttp.Code(answer.Body.At("error"), "code", "type")));

    private Task<ProviderAnswer> Get(string path, CancellationToken cancellationToken) => Send(HttpMethod.Get, path, content: null, idempotencyKey: null, cancellationToken);

    private Task<ProviderAnswer> Post(string path, string idempotencyKey, CancellationToken cancellationToken, params (string Name, string Value)[] form) => Send(
        HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), idempotencyKey, cancellationToken);

    private async Task<ProviderAnswer> Send(HttpMethod method, string path, HttpContent? content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{url.TrimEnd('/')}/v1/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credentials[ConnectionProvider.Key]);
        request.Headers.Add("Stripe-Version", Version);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.Send(Stripe, request, cancellationToken);
    }
}

/// <summary>Amounts as Stripe writes them: minor units, but for two currencies that have none and are written as if they had two digits.</summary>
internal static class StripeAmounts
{
    public static string Of(Money money) => (money.Amount * Factor(money.Currency)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Null: it is not there.</summary>
    public static Money? Read(JsonElement? owner, string member) =>
        owner.Text("currency")?.ToUpperInvariant() is { } currency && long.TryParse(owner.Text(member), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? new(amount / Factor(currency), currency)
            : null;

    private static int Factor(string currency) => currency is "ISK" or "UGX" ? 100 : 1;
}

internal static class StripeRefunds
{
    /// <summary>Under which it was asked for here; null: somebody made it at Stripe.</summary>
    public static RefundId? IdOf(JsonElement? refund) => Guid.TryParse(refund.At("metadata").Text("refund_id"), out var id) ? new(id) : null;

    /// <summary>Null: it is on its way.</summary>
    public static PaymentReport? Report(JsonElement? refund)
    {
        var (reference, failure) = (refund.Text("id") ?? "", ProviderHttp.Code(refund, "failure_reason", "status") ?? "failed");
        return (refund.Text("status"), IdOf(refund)) switch
        {
            ("succeeded", { } id) => new PaymentReport.RefundMade(id, reference),
            ("failed" or "canceled", { } id) => new PaymentReport.RefundRefused(id, failure),
            ("succeeded", null) when StripeAmounts.Read(refund, "amount") is { } amount => new PaymentReport.RefundFound(reference, amount, Failure: null),
            ("failed" or "canceled", null) when StripeAmounts.Read(refund, "amount") is { } amount => new PaymentReport.RefundFound(reference, amount, failure),
            _ => null,
        };
    }
}
