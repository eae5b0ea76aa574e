using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Mainstreet.Application.Events;
using Mainstreet.Domain.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Webhooks;

/// <summary>An integrator's server on a real port. It remembers what comes in, holds it against the event catalogue and answers as told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly Channel<Received> arrivals = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<Received> all = new();
    private readonly ConcurrentQueue<string> violations = new();

    private WebhookReceiver(WebApplication app) => this.app = app;

    /// <summary>What it answers; 200 unless told otherwise.</summary>
    public Func<Received, Task<Answer>> Answers { get; set; } = _ => Task.FromResult(new Answer(200));

    public Uri Address => new(app.Urls.Single());

    /// <summary>Everything that came in, in order of arrival.</summary>
    public IReadOnlyList<Received> All => [.. all];

    public static Task<WebhookReceiver> Start() => Start(new Uri("http://127.0.0.1:0"));

    public static async Task<WebhookReceiver> Start(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.ToString());
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.MapPost("/{**path}", receiver.Receive);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public string Url(string path = "hook") => new Uri(Address, path).ToString();

    /// <summary>The next request that has not been asked for yet; it was answered, or is about to be.</summary>
    public async Task<Received> Next() =>
        await arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(LongEnough, TestContext.Current.CancellationToken);

    public async Task<Received[]> Next(int count)
    {
        var received = new List<Received>();
        while (received.Count < count)
        {
            received.Add(await Next());
        }

        return [.. received];
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        violations.ShouldBeEmpty();
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var received = new Received(request.Path, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        all.Enqueue(received);
        foreach (var violation in received.Violations)
        {
            violations.Enqueue(violation);
        }

        arrivals.Writer.TryWrite(received);
        var answer = await Answers(received);
        foreach (var (name, value) in answer.Headers ?? [])
        {
            request.HttpContext.Response.Headers[name] = value;
        }

        return Results.Text(answer.Body ?? "", statusCode: answer.Status);
    }
}

public sealed record Answer(int Status, string? Body = null, Dictionary<string, string>? Headers = null);

/// <summary>One request, verified as the specification of Standard Webhooks tells receivers to.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));

    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    public long Position => Json.GetProperty("position").GetInt64();

    public Guid Subject => Json.GetProperty("subject").GetProperty("id").GetGuid();

    /// <summary>Of the schema of its type; what only tries whether somebody is there has none.</summary>
    public IEnumerable<string> Violations => Type is WebhookEndpoint.TestEventType or "integration.test"
        ? []
        : SchemaCheck.Violations(EventCatalog.Find(Type)?.Schema ?? throw new InvalidOperationException($"{Type} is not in the catalogue."), Json).Select(violation => $"{Type}{violation}");

    public bool IsSignedWith(string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}."), .. Body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return Signatures.Contains(expected, StringComparer.Ordinal);
    }
}
