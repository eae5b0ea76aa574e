using System.Globalization;
using Mainstreet.Api.Tests.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Faults;

/// <summary>Integrators' servers on one real port, each at a path of its own and with manners of its own.</summary>
internal sealed class WebhookSite : IAsyncDisposable
{
    /// <summary>One message of so many meets trouble at those that make trouble.</summary>
    private const int Trouble = 50;

    /// <summary>So many are taken by a healthy one while a slow one takes one.</summary>
    private const int Slowness = 10;

    private readonly WebApplication app;
    private readonly int expected;
    private readonly SemaphoreSlim pace = new(0);
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int unfinished;

    private WebhookSite(WebApplication app, int endpoints, int expected)
    {
        this.app = app;
        this.expected = expected;
        Destinations = [.. Enumerable.Range(0, endpoints).Select(i => new WebhookDestination(i switch { 0 => Manner.Fails, 1 => Manner.Resets, 2 => Manner.Slow, _ => Manner.Healthy }))];
        unfinished = Destinations.Count(destination => destination.Manner is Manner.Healthy);
    }

    public WebhookDestination[] Destinations { get; }

    /// <summary>Every healthy one has taken as many different messages as are expected.</summary>
    public Task Complete => complete.Task;

    /// <param name="endpoints">Four or more: one of each manner, and the rest healthy.</param>
    /// <param name="expected">How many messages each is to be sent.</param>
    public static async Task<WebhookSite> Start(int endpoints, int expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new WebhookSite(builder.Build(), endpoints, expected);
        site.app.MapPost("/{index:int}", site.Receive);
        await site.app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public string Url(int index) => new Uri(new Uri(app.Urls.Single()), index.ToString(CultureInfo.InvariantCulture)).ToString();

    /// <summary>From now on nobody is slow.</summary>
    public void Hurry() => hurry.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Hurry();
        await app.DisposeAsync();
        pace.Dispose();
    }

    private async Task Receive(int index, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = new Received(context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        var destination = Destinations[index];
        var meetsTrouble = destination.Take(message) && message.Position % Trouble == 0;
        switch (destination.Manner)
        {
            case Manner.Fails when meetsTrouble:
                context.Response.StatusCode = 500;
                return;
            case Manner.Resets when meetsTrouble:
                context.Abort();
                return;
            case Manner.Slow:
                await Task.WhenAny(pace.WaitAsync(context.RequestAborted), hurry.Task);
                break;
        }

        Count(destination, destination.Acknowledge(message));
    }

    private void Count(WebhookDestination destination, int? taken)
    {
        if (destination.Manner is not Manner.Healthy)
        {
            return;
        }

        if (taken % Slowness == 0 && destination == Destinations[^1])
        {
            pace.Release();
        }

        if (taken == expected && Interlocked.Decrement(ref unfinished) == 0)
        {
            complete.TrySetResult();
        }
    }
}
