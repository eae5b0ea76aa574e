using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>
/// PayPal's orders and payments v2 on a real port, as far as their contract was recorded: it wants a token that it gave, an id with every step, refuses what it does
/// not know, and answers a repeated id with its first answer. It also keeps the certificate with which it signs.
/// </summary>
internal sealed class PayPalServer : IAsyncDisposable
{
    public const string ClientId = "client-of-the-tests";
    public const string Secret = "secret-of-the-tests";
    public const string Webhook = "WH-0BB60463XF066460X-8G893374F18254323";
    private const string Certificates = "/v1/notifications/certs/";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (int Status, JsonNode? Body)> answered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> issues = new(StringComparer.Ordinal);
    private int tokens;

    private PayPalServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public string CertificateUrl => $"{Url}{Certificates}CERT-360caa42";

    public ConcurrentDictionary<string, JsonObject> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>What was done, in turn.</summary>
    public ConcurrentQueue<string> Steps { get; } = [];

    /// <summary>How often somebody asked for one.</summary>
    public int Tokens => tokens;

    public static async Task<PayPalServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new PayPalServer(builder.Build());
        server.app.MapPost("/v1/oauth2/token", server.Token);
        server.app.MapPost("/v2/checkout/orders", request => server.Take(request, "create", server.Create, "intent", "purchase_units", "payment_source"));
        server.app.MapGet("/v2/checkout/orders/{id}", server.Show);
        server.app.MapPost("/v2/checkout/orders/{id}/authorize", request => server.Take(request, "authorize", server.Authorize));
        server.app.MapPost("/v2/payments/authorizations/{id}/capture", request => server.Take(request, "capture", server.Capture, "amount", "final_capture"));
        server.app.MapPost("/v2/payments/authorizations/{id}/void", request => server.Take(request, "void", server.Void));
        server.app.MapPost("/v2/payments/captures/{id}/refund", request => server.Take(request, "refund", server.Refund, "amount", "custom_id"));
        server.app.MapGet(Certificates + "{name}", () => Results.Text(server.Certificate()));
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The customer approves it on PayPal's page.</summary>
    public void Approve(string order) => Orders[order]["status"] = "APPROVED";

    /// <summary>From now on a step of this order is refused.</summary>
    public void Refuse(string step, string order, string issue) => issues[$"{step} {order}"] = issue;

    /// <summary>From now on a refund of this order takes its time.</summary>
    public void Delay(string order) => Orders[order]["slow"] = true;

    /// <summary>Its refunds are made, and nobody is told.</summary>
    public void Finish(string order)
    {
        foreach (var refund in Orders[order]["purchase_units"]![0]!["payments"]!["refunds"]!.AsArray())
        {
            refund!["status"] = "COMPLETED";
        }
    }

    /// <summary>Somebody does it at PayPal.</summary>
    public void RefundByHand(string order, string value) => AddRefund(
        Orders[order], new JsonObject { ["currency_code"] = "EUR", ["value"] = value }, Orders[order]["purchase_units"]![0]!["custom_id"]!.GetValue<string>());

    /// <summary>The headers of a notification.</summary>
    public Dictionary<string, string> Sign(byte[] body, string webhook = Webhook)
    {
        var (id, time) = (Guid.NewGuid().ToString(), "2026-11-22T20:00:00Z");
        var text = string.Create(CultureInfo.InvariantCulture, $"{id}|{time}|{webhook}|{Crc(body)}");
        return new(StringComparer.Ordinal)
        {
            ["PAYPAL-TRANSMISSION-ID"] = id,
            ["PAYPAL-TRANSMISSION-TIME"] = time,
            ["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["PAYPAL-CERT-URL"] = CertificateUrl,
            ["PAYPAL-AUTH-ALGO"] = "SHA256withRSA",
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    /// <summary>By another way than the product's: the trailer of a gzip stream has it.</summary>
    private static uint Crc(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return BitConverter.ToUInt32(packed.ToArray().AsSpan()[^8..^4]);
    }

    private string Certificate()
    {
        var request = new CertificateRequest("CN=messageverificationcerts.paypal.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        return certificate.ExportCertificatePem();
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var client = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Secret}"));
        return request.Headers.Authorization == $"Basic {client}" && form is { Count: 1 } && form["grant_type"] == "client_credentials"
            ? Results.Json(new { scope = "https://uri.paypal.com/services/payments", access_token = $"A21-{Interlocked.Increment(ref tokens)}", token_type = "Bearer", app_id = "APP-80W284485P519543T", expires_in = 31_668 })
            : Results.Json(new { error = "invalid_client", error_description = "Client Authentication failed" }, statusCode: 401);
    }

    private static bool IsKnown(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Bearer A21-", StringComparison.Ordinal) && request.Headers["Prefer"] == "return=representation";

    private IResult Show(HttpRequest request, string id) => !IsKnown(request) ? Stranger
        : Orders.TryGetValue(id, out var order) ? Results.Text(order.ToJsonString(), "application/json")
        : Results.Json(new { name = "RESOURCE_NOT_FOUND", details = new[] { new { issue = "INVALID_RESOURCE_ID" } } }, statusCode: 404);

    private static IResult Stranger => Results.Json(new { error = "invalid_token" }, statusCode: 401);

    private async Task Take(HttpContext context, string step, Func<JsonNode?, string, (int Status, JsonNode? Body)> done, params string[] members) =>
        await (await Answer(context, step, done, members)).ExecuteAsync(context);

    private async Task<IResult> Answer(HttpContext context, string step, Func<JsonNode?, string, (int Status, JsonNode? Body)> done, string[] members)
    {
        var request = context.Request;
        if (!IsKnown(request))
        {
            return Stranger;
        }

        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        var body = text is "" ? null : JsonNode.Parse(text);
        if (request.Headers["PayPal-Request-Id"].ToString() is not { Length: > 0 } id || request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is not true
            || !(body?.AsObject().Select(member => member.Key) ?? []).Order(StringComparer.Ordinal).SequenceEqual(members.Order(StringComparer.Ordinal)))
        {
            return Results.Json(new { name = "INVALID_REQUEST", details = new[] { new { issue = "MALFORMED_REQUEST_JSON" } } }, statusCode: 400);
        }

        var (status, answer) = answered.GetOrAdd($"{step} {id}", _ =>
        {
            Steps.Enqueue(step);
            return done(body, request.RouteValues["id"]?.ToString() ?? "");
        });
        return answer is null ? Results.StatusCode(status) : Results.Text(answer.ToJsonString(), "application/json", statusCode: status);
    }

    private (int Status, JsonNode? Body) Create(JsonNode? body, string none)
    {
        var unit = body!["purchase_units"]![0]!.AsObject();
        var isWellFormed = body["intent"]!.GetValue<string>() == "AUTHORIZE" && unit.Select(member => member.Key).SequenceEqual(["custom_id", "description", "amount"])
            && decimal.TryParse(unit["amount"]!["value"]!.GetValue<string>(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            && body["payment_source"]!["paypal"]!["experience_context"]!.AsObject().Select(member => member.Key).SequenceEqual(["user_action", "shipping_preference"]);
        if (!isWellFormed)
        {
            return Unprocessable("INVALID_PARAMETER_VALUE");
        }

        var id = $"{RandomNumberGenerator.GetHexString(17)}";
        var order = new JsonObject
        {
            ["id"] = id,
            ["intent"] = "AUTHORIZE",
            ["status"] = "PAYER_ACTION_REQUIRED",
            ["purchase_units"] = new JsonArray(unit.DeepClone()),
            ["links"] = new JsonArray(
                new JsonObject { ["href"] = $"{Url}/v2/checkout/orders/{id}", ["rel"] = "self", ["method"] = "GET" },
                new JsonObject { ["href"] = $"https://www.paypal.com/checkoutnow?token={id}", ["rel"] = "payer-action", ["method"] = "GET" }),
        };
        Orders[id] = order;
        return (201, order.DeepClone());
    }

    private (int Status, JsonNode? Body) Authorize(JsonNode? body, string id)
    {
        var order = Orders[id];
        if (issues.TryGetValue($"authorize {id}", out var issue))
        {
            return Unprocessable(issue);
        }

        var unit = order["purchase_units"]![0]!.AsObject();
        unit["payments"] = new JsonObject { ["authorizations"] = new JsonArray(new JsonObject { ["id"] = $"A{id}", ["status"] = "CREATED", ["amount"] = unit["amount"]!.DeepClone() }) };
        order["status"] = "COMPLETED";
        return (201, order.DeepClone());
    }

    private (int Status, JsonNode? Body) Capture(JsonNode? body, string authorization)
    {
        var order = Orders[authorization[1..]];
        if (issues.TryGetValue($"capture {authorization[1..]}", out var issue))
        {
            return Unprocessable(issue);
        }

        var payments = order["purchase_units"]![0]!["payments"]!.AsObject();
        payments["authorizations"]![0]!["status"] = "CAPTURED";
        var capture = new JsonObject { ["id"] = $"C{authorization[1..]}", ["status"] = "COMPLETED", ["amount"] = body!["amount"]!.DeepClone() };
        payments["captures"] = new JsonArray(capture);
        return (201, capture.DeepClone());
    }

    private (int Status, JsonNode? Body) Void(JsonNode? body, string authorization)
    {
        Orders[authorization[1..]]["purchase_units"]![0]!["payments"]!["authorizations"]![0]!["status"] = "VOIDED";
        return (204, null);
    }

    private (int Status, JsonNode? Body) Refund(JsonNode? body, string capture) => issues.TryGetValue($"refund {capture[1..]}", out var issue)
        ? Unprocessable(issue)
        : (201, AddRefund(Orders[capture[1..]], body!["amount"]!.AsObject(), body["custom_id"]!.GetValue<string>()).DeepClone());

    private static JsonObject AddRefund(JsonObject order, JsonObject amount, string? custom)
    {
        var payments = order["purchase_units"]![0]!["payments"]!.AsObject();
        var refund = new JsonObject { ["id"] = RandomNumberGenerator.GetHexString(17), ["status"] = order.ContainsKey("slow") ? "PENDING" : "COMPLETED", ["amount"] = amount.DeepClone(), ["custom_id"] = custom };
        payments["refunds"] ??= new JsonArray();
        payments["refunds"]!.AsArray().Add(refund);
        payments["captures"]![0]!["status"] = "PARTIALLY_REFUNDED";
        return refund;
    }

    private static (int Status, JsonNode? Body) Unprocessable(string issue) =>
        (422, new JsonObject { ["name"] = "UNPROCESSABLE_ENTITY", ["details"] = new JsonArray(new JsonObject { ["issue"] = issue, ["description"] = "..." }) });
}
