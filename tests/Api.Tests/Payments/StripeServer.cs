using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>A payment intent as it stands at Stripe.</summary>
internal sealed record StripeIntent(string Id, long Amount, string Currency, string Status, long Received, Dictionary<string, string> Metadata)
{
    /// <summary>Whose methods can pay it without a page to come back to.</summary>
    public string? Customer { get; init; }

    public object Body => new
    {
        id = Id,
        @object = "payment_intent",
        amount = Amount,
        amount_capturable = Status == "requires_capture" ? Amount : 0,
        amount_received = Received,
        capture_method = "manual",
        client_secret = $"{Id}_secret_1",
        currency = Currency,
        metadata = Metadata,
        status = Status,
    };
}

internal sealed record StripeRefund(string Id, string Intent, long Amount, string Currency, string Status, Dictionary<string, string> Metadata, string? FailureReason = null)
{
    public object Body => new
    {
        id = Id,
        @object = "refund",
        amount = Amount,
        currency = Currency,
        failure_reason = FailureReason,
        metadata = Metadata,
        payment_intent = Intent,
        status = Status,
    };
}

/// <summary>
/// Stripe's API on a real port, as far as its contract was recorded: it wants its key, a version and an idempotency key with every step, refuses what it does not
/// know, and answers a repeated key with its first answer.
/// </summary>
internal sealed partial class StripeServer : IAsyncDisposable
{
    public const string Key = "sk_of_the_tests";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Form, int Status, object Body)> answered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Status, object Error)> refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> lost = new(StringComparer.Ordinal);

    private StripeServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public ConcurrentDictionary<string, StripeIntent> Intents { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, StripeRefund> Refunds { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked for: step, form and idempotency key.</summary>
    public ConcurrentQueue<(string Step, string Form, string Key)> Steps { get; } = [];

    public static async Task<StripeServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new StripeServer(builder.Build());
        server.app.MapPost("/v1/payment_intents", request => server.Take(request, "create", server.Create,
            "amount", "currency", "capture_method", "automatic_payment_methods[enabled]", "description", "metadata[order_id]", "metadata[payment_id]",
            "automatic_payment_methods[allow_redirects]", "customer"));
        server.app.MapPost("/v1/payment_intents/{id}/capture", request => server.Take(request, "capture", server.Capture, "amount_to_capture"));
        server.app.MapPost("/v1/payment_intents/{id}/cancel", request => server.Take(request, "cancel", server.Cancel, "cancellation_reason"));
        server.app.MapPost("/v1/refunds", request => server.Take(request, "refund", server.Refund, "payment_intent", "amount", "metadata[refund_id]"));
        server.app.MapGet("/v1/payment_intents/{id}", request => Look(request, () => server.Of(request).Body));
        server.app.MapGet("/v1/refunds", request => Look(request, () => server.List(request.Request.Query)));
        server.MapMethods();
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>From now on a step of this intent is refused.</summary>
    public void Refuse(string step, string intent, int status, string code) => refusals[$"{step} {intent}"] = (status, Error(code));

    /// <summary>The next answers to this step are lost, after it was taken.</summary>
    public void Lose(string step, string intent, int times) => lost[$"{step} {intent}"] = times;

    /// <summary>Of whichever intent it is.</summary>
    public void Lose(string step, int times) => lost[step] = times;

    /// <summary>Somebody does it at Stripe's dashboard.</summary>
    public void RefundByHand(string intent, long amount)
    {
        var refund = new StripeRefund($"re_{Guid.NewGuid():N}", intent, amount, Intents[intent].Currency, "succeeded", []);
        Refunds[refund.Id] = refund;
    }

    public void Change(string intent, Func<StripeIntent, StripeIntent> change) => Intents[intent] = change(Intents[intent]);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task Look(HttpContext http, Func<object> body) => await (Refusal(http.Request) ?? Results.Json(body())).ExecuteAsync(http);

    private async Task Take(HttpContext http, string step, Func<HttpContext, IFormCollection, (int Status, object Body)> take, params string[] known)
    {
        if (Refusal(http.Request) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        var (text, key) = (string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")), http.Request.Headers["Idempotency-Key"].ToString());
        var intent = http.Request.RouteValues["id"] as string ?? form["payment_intent"].ToString();
        Steps.Enqueue(($"{step} {intent}".TrimEnd(), text, key));
        var isGone = http.Request.Method == "DELETE"; // whatever is deleted twice is gone once
        var answer = isGone ? take(http, form) : key.Length == 0 ? (400, Error("idempotency_key_missing"))
            : form.Keys.FirstOrDefault(field => !known.Contains(field)) is { } unknown ? (400, Error("parameter_unknown", unknown))
            : answered.TryGetValue(key, out var before) ? before.Form == text ? (before.Status, before.Body) : (400, Error("idempotency_key_reused"))
            : refusals.TryGetValue($"{step} {intent}", out var refused) ? refused
            : take(http, form);
        if (!isGone)
        {
            answered.TryAdd(key, (text, answer.Item1, answer.Item2));
        }

        var lossy = lost.ContainsKey(step) ? step : $"{step} {intent}";
        var isLost = lost.TryGetValue(lossy, out var times) && times > 0;
        lost[lossy] = times - 1;
        await (isLost ? Results.StatusCode(502) : Results.Json(answer.Item2, statusCode: answer.Item1)).ExecuteAsync(http);
    }

    private static IResult? Refusal(HttpRequest request) =>
        request.Headers.Authorization != $"Bearer {Key}" ? Results.Json(Error("invalid_api_key"), statusCode: 401)
        : request.Headers["Stripe-Version"] != "2024-06-20" ? Results.Json(Error("version_unknown"), statusCode: 400)
        : null;

    private (int, object) Create(HttpContext http, IFormCollection form)
    {
        var intent = new StripeIntent(
            $"pi_{Guid.NewGuid():N}", Number(form["amount"]!), form["currency"]!, "requires_payment_method", 0,
            new(StringComparer.Ordinal) { ["order_id"] = form["metadata[order_id]"]!, ["payment_id"] = form["metadata[payment_id]"]! });
        var customer = form["customer"].ToString();
        return customer.Length > 0 && !Customers.ContainsKey(customer) ? (400, Error("resource_missing", "customer"))
            : (200, (Intents[intent.Id] = intent with { Customer = form["automatic_payment_methods[allow_redirects]"] == "never" ? customer : null }).Body);
    }

    /// <summary>What it lets go of uncaptured is a refund in this version, and counts as one.</summary>
    private (int, object) Capture(HttpContext http, IFormCollection form)
    {
        if (Of(http) is not { Status: "requires_capture" } intent || Number(form["amount_to_capture"]!) > intent.Amount)
        {
            return (400, Unexpected(Of(http)));
        }

        Intents[intent.Id] = intent with { Status = "succeeded", Received = Number(form["amount_to_capture"]!) };
        if (Intents[intent.Id].Received < intent.Amount)
        {
            RefundByHand(intent.Id, intent.Amount - Intents[intent.Id].Received);
        }

        return (200, Intents[intent.Id].Body);
    }

    private (int, object) Cancel(HttpContext http, IFormCollection form) => Of(http) is { Status: not ("succeeded" or "canceled") } intent
        ? (200, (Intents[intent.Id] = intent with { Status = "canceled" }).Body)
        : (400, Unexpected(Of(http)));

    private (int, object) Refund(HttpContext http, IFormCollection form)
    {
        var (intent, amount) = (Intents[form["payment_intent"]!], Number(form["amount"]!));
        if (Refunds.Values.Where(refund => refund.Intent == intent.Id && refund.Status != "failed").Sum(refund => refund.Amount) + amount > intent.Amount)
        {
            return (400, Error("charge_already_refunded"));
        }

        var refund = new StripeRefund($"re_{Guid.NewGuid():N}", intent.Id, amount, intent.Currency, "succeeded", new(StringComparer.Ordinal) { ["refund_id"] = form["metadata[refund_id]"]! });
        Refunds[refund.Id] = refund;
        return (200, refund.Body);
    }

    /// <summary>In pages of two, however many are asked for.</summary>
    private object List(IQueryCollection query)
    {
        var after = query["starting_after"].ToString();
        var left = Refunds.Values.Where(refund => refund.Intent == query["payment_intent"]).OrderBy(refund => refund.Id, StringComparer.Ordinal)
            .Where(refund => string.CompareOrdinal(refund.Id, after) > 0).ToArray();
        return new { @object = "list", data = left.Take(2).Select(refund => refund.Body).ToArray(), has_more = left.Length > 2 };
    }

    private StripeIntent Of(HttpContext http) => Intents[(string)http.Request.RouteValues["id"]!];

    private static object Unexpected(StripeIntent intent) => new { error = new { type = "invalid_request_error", code = "payment_intent_unexpected_state", payment_intent = intent.Body } };

    private static object Error(string code, string? param = null) => new { error = new { type = "invalid_request_error", code, param, message = "Something about card 4242." } };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>An event as Stripe tells it.</summary>
    public static string Event(string type, object about) => JsonSerializer.Serialize(new
    {
        id = $"evt_{Guid.NewGuid():N}",
        @object = "event",
        created = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        type,
        data = new { @object = about },
    });
}
