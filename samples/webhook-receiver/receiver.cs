#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

// A webhook receiver to try things with: it verifies what Mainstreet sends, prints a line for each delivery and remembers it.
//   dotnet run samples/webhook-receiver/receiver.cs -- --port 5090 --secret whsec_...
//   curl -X PUT --data "whsec_..." http://localhost:5090/secret       sets or replaces the secret of a running receiver
//   curl http://localhost:5090/received                               what has come in, verified, in order of arrival
//   curl http://localhost:5090/received?until=order.delivered         the same, once such an event has come in (a minute at most)

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

const int maxBody = 1024 * 1024;
const int remembered = 10_000;

var builder = WebApplication.CreateSlimBuilder(args);
var port = builder.Configuration.GetValue("port", 5090);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    // Loopback only: whoever reaches this port may set the secret and read what came in.
    kestrel.Listen(System.Net.IPAddress.Loopback, port);
    kestrel.Limits.MaxRequestBodySize = maxBody;
});
var app = builder.Build();

var gate = new Lock();
var received = new List<Delivery>();
var arrival = NewArrival();
var secret = builder.Configuration["secret"];
var key = secret is null ? null : Signature.KeyOf(secret);
if (secret is not null && key is null)
{
    await Console.Error.WriteLineAsync("--secret is whsec_ and base64.");
    return 1;
}

app.MapPut("/secret", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    if (Signature.KeyOf((await reader.ReadToEndAsync()).Trim()) is not { } replacement)
    {
        return Results.Problem("A secret is whsec_ and base64.", statusCode: 400);
    }

    key = replacement;
    return Results.NoContent();
});

app.MapGet("/received", async (string? until, CancellationToken aborted) =>
{
    var patience = Task.Delay(TimeSpan.FromMinutes(1), aborted);
    while (true)
    {
        Task next;
        lock (gate)
        {
            if (until is null || patience.IsCompleted || received.Exists(delivery => string.Equals(delivery.Type, until, StringComparison.Ordinal)))
            {
                return Results.Json(received.ToArray(), Delivery.Json);
            }

            next = arrival.Task;
        }

        await Task.WhenAny(next, patience);
    }
});

app.MapPost("/{**path}", async (HttpRequest request) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    var body = buffer.ToArray();
    if (Signature.Problem(request.Headers, body, key, TimeProvider.System.GetUtcNow()) is { } problem)
    {
        Console.WriteLine($"rejected: {problem}");
        return Results.Problem(problem, statusCode: 401);
    }

    if (Delivery.Read(request.Headers["webhook-id"].ToString(), body) is not { } delivery)
    {
        Console.WriteLine("rejected: the body is not an event");
        return Results.Problem("The body is not an event.", statusCode: 400);
    }

    lock (gate)
    {
        // Deliveries are repeated until one is answered in time: the id tells whether the event is new.
        var isRepeated = received.Exists(earlier => string.Equals(earlier.Id, delivery.Id, StringComparison.Ordinal));
        received.Add(delivery with { Repeated = isRepeated });
        received.RemoveRange(0, Math.Max(0, received.Count - remembered));
        Console.WriteLine($"{delivery.Type} position={delivery.Position} subject={delivery.Subject} verified{(isRepeated ? " repeated" : "")}");
        arrival.SetResult();
        arrival = NewArrival();
    }

    return Results.NoContent();
});

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.Single()}{(key is null ? "; no secret yet: every delivery is rejected until PUT /secret" : "")}");
await app.WaitForShutdownAsync();
return 0;

static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

/// <summary>Standard Webhooks: <c>v1,base64(HMAC-SHA256(key, id.timestamp.body))</c>, one signature for each secret that is in force.</summary>
internal static class Signature
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static byte[]? KeyOf(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length)
            && length > 0
                ? key[..length]
                : null;
    }

    /// <summary>Why a delivery is not to be believed; null when it is genuine.</summary>
    public static string? Problem(IHeaderDictionary headers, byte[] body, byte[]? key, DateTimeOffset now)
    {
        var (id, timestamp, signatures) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString());
        if (key is null)
        {
            return "no secret is set";
        }

        if (id.Length == 0 || signatures.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return "webhook-id, webhook-timestamp or webhook-signature is missing";
        }

        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds)
        {
            return "the timestamp is more than five minutes off";
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        return signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected))
            ? null
            : "the signature does not match";
    }
}

/// <summary>A verified delivery; <paramref name="Subject"/> is <c>type:id</c> of what the event is about.</summary>
internal sealed record Delivery(string Id, string Type, long Position, string Subject, bool Repeated, JsonElement Body)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Delivery? Read(string id, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Event>(body, Json) is { Type: { } type, Subject: { } subject, Position: var position }
                ? new(id, type, position, $"{subject.Type}:{subject.Id}", Repeated: false, JsonSerializer.Deserialize<JsonElement>(body))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Event(string? Type, long Position, Subject? Subject);
}

internal sealed record Subject(string Type, string Id);
