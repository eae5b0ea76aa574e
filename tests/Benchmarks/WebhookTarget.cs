using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Benchmarks;

/// <summary>A receiver that reads and answers at once, but for the path /hangs, where it never answers. It remembers when each position came in first.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private readonly WebApplication app;
    private TaskCompletionSource enough = new();
    private int left;

    private WebhookTarget(WebApplication app) => this.app = app;

    /// <summary>Timestamps by path and position.</summary>
    public ConcurrentDictionary<(string Path, long Position), long> Arrivals { get; } = new();

    /// <summary>What came in last.</summary>
    public byte[] Body { get; private set; } = [];

    public static async Task<WebhookTarget> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var target = new WebhookTarget(builder.Build());
        target.app.MapPost("/hangs", (HttpContext context) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted));
        target.app.MapPost("/{path}", target.Receive);
        await target.app.StartAsync();
        return target;
    }

    public string Url(string path) => $"{app.Urls.Single()}/{path}";

    /// <summary>Until so many more have come in.</summary>
    public Task Next(int count)
    {
        enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref left, count);
        return enough.Task;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Receive(HttpRequest request)
    {
        var now = Stopwatch.GetTimestamp();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Body = body.ToArray();
        using var json = JsonDocument.Parse(Body);
        Arrivals.TryAdd((request.Path, json.RootElement.GetProperty("position").GetInt64()), now);
        if (Interlocked.Decrement(ref left) == 0)
        {
            enough.TrySetResult();
        }
    }
}
