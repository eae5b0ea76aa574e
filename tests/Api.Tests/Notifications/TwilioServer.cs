using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Notifications;

/// <summary>
/// Twilio's messages on a real port, as far as the contract was recorded: it wants the account's credentials and a form, refuses what it does not know, and
/// sends whatever it takes, for it knows no keys. Mails are taken there too, as Resend takes them.
/// </summary>
internal sealed class TwilioServer : IAsyncDisposable
{
    public const string Sid = "AC00000000000000000000000000000001";
    public const string Token = "token_of_the_tests";

    private static readonly string[] known = ["To", "From", "MessagingServiceSid", "Body", "ContentSid", "ContentVariables"];
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> answers = new(StringComparer.Ordinal);

    private TwilioServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>What was sent, by form.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Sent { get; } = [];

    /// <summary>Mails by their idempotency key.</summary>
    public ConcurrentQueue<(string Key, string Text)> Mails { get; } = [];

    public static async Task<TwilioServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new TwilioServer(builder.Build());
        server.app.MapPost("/2010-04-01/Accounts/{sid}/Messages.json", server.Take);
        server.app.MapPost("/emails", server.Mail);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The next requests for this number are answered so.</summary>
    public void Answer(string to, params int[] statuses) => Answer(to, [.. statuses.Select<int, Func<HttpContext, Task>>(status => http => Fault(http, status, status == 429 ? 20429 : 20500))]);

    public void Refuse(string to, int code) => Answer(to, http => Fault(http, 400, code));

    /// <summary>The message is sent, and its answer is lost on the way.</summary>
    public void Lose(string to) => Answer(to, http =>
    {
        http.Abort();
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Answer(string to, params Func<HttpContext, Task>[] all)
    {
        var queue = answers.GetOrAdd(to, _ => []);
        Array.ForEach(all, queue.Enqueue);
    }

    private async Task Take(HttpContext http)
    {
        if ((string?)http.Request.RouteValues["sid"] != Sid || http.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sid}:{Token}")))
        {
            await Fault(http, 401, 20003);
            return;
        }

        var form = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        var text = form.ContainsKey("Body") != form.ContainsKey("ContentSid");
        if (form.Keys.Any(field => !known.Contains(field)) || !text || form.ContainsKey("From") == form.ContainsKey("MessagingServiceSid"))
        {
            await Fault(http, 400, 21604);
            return;
        }

        var answer = answers.TryGetValue(form["To"], out var queue) && queue.TryDequeue(out var next) ? next : null;
        Sent.Enqueue(form);
        await (answer is null ? Results.Json(new { sid = $"SM{Guid.NewGuid():N}", status = "queued", error_code = (int?)null }, statusCode: 201).ExecuteAsync(http) : answer(http));
    }

    private async Task Mail(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Mails.Enqueue((http.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
        await Results.Json(new { id = Guid.NewGuid() }).ExecuteAsync(http);
    }

    private static Task Fault(HttpContext http, int status, int code) =>
        Results.Json(new { code, message = "Something about +49 30 123456.", more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status).ExecuteAsync(http);
}
