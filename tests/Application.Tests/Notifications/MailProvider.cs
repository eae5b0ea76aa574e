using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Application.Tests.Notifications;

/// <summary>A mail provider on loopback. It remembers what comes in, and answers as told, one answer after the other; the last one for good.</summary>
internal sealed class MailProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedMail> received = new();
    private readonly Queue<Answer> answers;

    private MailProvider(WebApplication app, Answer[] answers) => (this.app, this.answers) = (app, new(answers));

    public string Address => app.Urls.Single() + "/v1/";

    public IReadOnlyList<ReceivedMail> Received => [.. received];

    public (string, string)[] Settings => [("Email:BaseUrl", Address), ("Email:ApiKey", "re_key"), ("Email:From", "Mainstreet <post@mainstreet.example>")];

    public static async Task<MailProvider> Start(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new MailProvider(builder.Build(), answers);
        provider.app.MapPost("/{**path}", provider.Take);
        await provider.app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        received.Enqueue(new(
            request.Path, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.RootElement.Clone()));
        Answer answer;
        lock (answers)
        {
            answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }

        if (answer.RetryAfter is { } pause)
        {
            request.HttpContext.Response.Headers.RetryAfter = pause;
        }

        return Results.Text(answer.Body, "application/json", statusCode: answer.Status);
    }
}

internal sealed record Answer(int Status, string Body = """{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}""", string? RetryAfter = null);

internal sealed record ReceivedMail(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body);
