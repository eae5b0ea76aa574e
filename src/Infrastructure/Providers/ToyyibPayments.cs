using System.Globalization;
using System.Text.Json;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Bills of ToyyibPay, in ringgit: paid on its page, and taken at once. What its callbacks say is looked up before it counts, because the amount is not signed.
/// It gives nothing back by its API: staff do that by bank, and record it as made by hand.
/// </summary>
internal sealed class ToyyibPayments(
    ProviderHttp http, PaymentOptions options, string account, IReadOnlyDictionary<string, string> credentials, ConnectionId connection) : IPaymentProvider
{
    public const string Provider = "toyyibpay";
    private const string Toyyib = "ToyyibPay";
    private const string Paid = "1";
    private const string BothChannels = "2";
    private static readonly TimeSpan Malaysia = TimeSpan.FromHours(8);

    public string Name => Provider;

    public ConnectionId? Connection => connection;

    /// <summary>It knows no idempotency keys: of two bills the customer is told of one, and the other expires.</summary>
    public async Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken)
    {
        var callback = $"{options.PublicUrl?.TrimEnd('/')}/api/v1/webhooks/{Provider}/{connection}";
        var answer = await Post(
            "createBill", cancellationToken,
            ("userSecretKey", Secret), ("categoryCode", account), ("billName", $"Order {request.OrderNumber.Replace('-', ' ')}"), ("billDescription", $"Order {request.OrderNumber}"),
            ("billPriceSetting", "1"), ("billPayorInfo", "0"), ("billAmount", request.Amount.Amount.ToString(CultureInfo.InvariantCulture)), ("billReturnUrl", ""),
            ("billCallbackUrl", callback), ("billExternalReferenceNo", request.PaymentId.ToString()), ("billTo", ""), ("billEmail", ""), ("billPhone", ""), ("billSplitPayment", "0"),
            ("billSplitPaymentArgs", ""), ("billPaymentChannel", BothChannels), ("billExpiryDate", Expiry(request.DueBy)));
        return answer.Body.First().Text("BillCode") is { } bill ? new(bill, $"{options.ToyyibPayUrl.TrimEnd('/')}/{Uri.EscapeDataString(bill)}") : throw Refused(answer);
    }

    public Task<PaymentForm?> Form(string reference, CancellationToken cancellationToken) => Task.FromResult<PaymentForm?>(null);

    public async Task<PaymentReport?> Find(string reference, CancellationToken cancellationToken)
    {
        var answer = await Post("getBillTransactions", cancellationToken, ("billCode", reference), ("billpaymentStatus", Paid));
        if (answer is not { Succeeded: true, Body: { ValueKind: JsonValueKind.Array } transactions })
        {
            throw Refused(answer);
        }

        var paid = transactions.EnumerateArray().Select(one => (JsonElement?)one).Where(one => one.Text("billpaymentStatus") == Paid).Sum(one => Amount(one.Text("billpaymentAmount")));
        return paid > 0 && Currencies.FromMajorUnits(paid, PaymentGateway.Ringgit) is { } amount ? new PaymentReport.Captured(amount) : null;
    }

    public async Task<PaymentReport> Capture(string reference, Money amount, string idempotencyKey, CancellationToken cancellationToken) =>
        await Find(reference, cancellationToken) ?? new PaymentReport.CaptureRefused("not_paid");

    /// <summary>The bill expires by itself.</summary>
    public async Task<PaymentReport> Release(string reference, string idempotencyKey, CancellationToken cancellationToken) =>
        await Find(reference, cancellationToken) ?? new PaymentReport.Released();

    public Task<PaymentReport?> Refund(RefundRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<PaymentReport?>(new PaymentReport.RefundRefused(request.RefundId, PaymentErrors.RefundByHand.Code));

    private string Secret => credentials[ConnectionProvider.WebhookSecret];

    private static string Expiry(DateTimeOffset due) => due.ToOffset(Malaysia).ToString("dd-MM-yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    private static decimal Amount(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : 0;

    private static DomainException Refused(ProviderAnswer answer) => new(PaymentErrors.ProviderRefused(Toyyib, answer.Status, ProviderHttp.Code(answer.Body, "status")));

    private async Task<ProviderAnswer> Post(string operation, CancellationToken cancellationToken, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.ToyyibPayUrl.TrimEnd('/')}/index.php/api/{operation}")
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return await http.Send(Toyyib, request, cancellationToken);
    }
}
