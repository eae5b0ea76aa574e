using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>ToyyibPay's API on a real port, as far as its contract was recorded: it wants its key and every field of a bill, refuses what it does not know, and answers lists.</summary>
internal sealed class ToyyibPayServer : IAsyncDisposable
{
    public const string Key = "w5x7srq7-rx5r-3t89-2ou2-k7361x2jewhn";

    private static readonly string[] OfABill =
    [
        "userSecretKey", "categoryCode", "billName", "billDescription", "billPriceSetting", "billPayorInfo", "billAmount", "billReturnUrl", "billCallbackUrl",
        "billExternalReferenceNo", "billTo", "billEmail", "billPhone", "billSplitPayment", "billSplitPaymentArgs", "billPaymentChannel", "billExpiryDate",
    ];

    private readonly WebApplication app;

    private ToyyibPayServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Bills { get; } = new(StringComparer.Ordinal);

    /// <summary>What was paid for a bill, in ringgit as it writes them.</summary>
    public ConcurrentDictionary<string, string> Paid { get; } = new(StringComparer.Ordinal);

    public static async Task<ToyyibPayServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ToyyibPayServer(builder.Build());
        server.app.MapPost("/index.php/api/createBill", server.Create);
        server.app.MapPost("/index.php/api/getBillTransactions", server.Transactions);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Create(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isWellFormed = form.Keys.Order(StringComparer.Ordinal).SequenceEqual(OfABill.Order(StringComparer.Ordinal)) && form["userSecretKey"] == Key
            && form["billName"].ToString() is { Length: <= 30 } name && name.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '_')
            && form["billDescription"].ToString().Length <= 100
            && DateTime.TryParseExact(form["billExpiryDate"], "dd-MM-yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        if (!isWellFormed)
        {
            return Results.Json(new { status = "error", msg = "Something is missing." });
        }

        var code = $"bill{Guid.NewGuid():N}"[..12];
        Bills[code] = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        return Results.Text($$"""[{"BillCode":"{{code}}"}]""", "application/json");
    }

    private async Task<IResult> Transactions(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var bill = form["billCode"].ToString();
        return Bills.ContainsKey(bill) && form.Keys.All(field => field is "billCode" or "billpaymentStatus")
            ? Results.Json(Paid.TryGetValue(bill, out var amount)
                ? [new { billName = "Order", billpaymentStatus = "1", billpaymentChannel = "FPX", billpaymentAmount = amount, billpaymentInvoiceNo = "TP2511221234567" }]
                : Array.Empty<object>())
            : Results.Json(new { status = "error", msg = "No such bill." });
    }
}
