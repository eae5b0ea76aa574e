using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Mainstreet.Api.Tests;

/// <summary>
/// One caller of the API. Its reads always ask for the position that its last write answered, so a test never sleeps.
/// Paths are below /api/v1 unless they begin with ~.
/// </summary>
public sealed class Session(HttpClient http, string? token = null)
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The Event-Position of the last write of this session.</summary>
    public long? Position { get; private set; }

    public ApiRequest Get(string path) => new(this, HttpMethod.Get, path);

    /// <param name="body">An object to write as JSON, or ready <see cref="HttpContent"/>.</param>
    public ApiRequest Post(string path, object? body = null) => new(this, HttpMethod.Post, path, body);

    public ApiRequest Put(string path, object? body = null) => new(this, HttpMethod.Put, path, body);

    public ApiRequest Patch(string path, object? body = null) => new(this, HttpMethod.Patch, path, body);

    public ApiRequest Delete(string path, object? body = null) => new(this, HttpMethod.Delete, path, body);

    internal async Task<ApiAnswer> Send(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await Open(request, cancellationToken);
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? await Shown(response, cancellationToken)
            : await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = new ApiAnswer(response, text);
        if (answer.Position > (Position ?? 0))
        {
            Position = answer.Position;
        }

        return answer;
    }

    /// <summary>The answer with its body still to be read.</summary>
    internal async Task<HttpResponseMessage> Open(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path.StartsWith('~') ? request.Path[1..] : $"/api/v1{request.Path}");
        message.Content = request.Body switch
        {
            null => null,
            HttpContent content => content,
            string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
            var value => JsonContent.Create(value, options: json),
        };
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (request.Method == HttpMethod.Get && Position is { } seen)
        {
            message.Headers.Add("Consistency-Position", seen.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Streams have no end: what has been shown when the stream has come to the session's last write.</summary>
    private async Task<string> Shown(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var shown = new StringBuilder();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var position = -1L;
        while (await lines.ReadLineAsync(cancellationToken) is { } line && (line.Length > 0 || position < (Position ?? 0)))
        {
            shown.AppendLine(line);
            position = line.StartsWith("id: ", StringComparison.Ordinal) ? long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture) : position;
        }

        return shown.ToString();
    }
}

/// <summary>A request that is sent by <see cref="Returns"/> or <see cref="Send"/>.</summary>
public sealed class ApiRequest(Session session, HttpMethod method, string path, object? body = null)
{
    public HttpMethod Method => method;

    public string Path => path;

    public object? Body => body;

    public List<(string Name, string Value)> Headers { get; } = [];

    public ApiRequest With(string header, string value)
    {
        Headers.Add((header, value));
        return this;
    }

    public ApiRequest IfMatch(string tag) => With("If-Match", tag);

    public ApiRequest Key(string idempotencyKey) => With("Idempotency-Key", idempotencyKey);

    /// <summary>The answer as it comes in; for streams.</summary>
    public Task<HttpResponseMessage> Open() => session.Open(this, TestContext.Current.CancellationToken);

    public Task<ApiAnswer> Send() => session.Send(this, TestContext.Current.CancellationToken);

    public async Task<ApiAnswer> Returns(int status)
    {
        var answer = await Send();
        answer.Status.ShouldBe(status, $"{method} {path}: {answer.Text}");
        return answer;
    }

    /// <summary>Asks again until the answer is as told: what comes by a message between tenants has no position to wait for.</summary>
    public async Task<ApiAnswer> Until(Func<ApiAnswer, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await Send();
            if (holds(answer))
            {
                return answer;
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(5), $"{path}: {answer.Text}");
        }
    }

    /// <summary>A problem document with this status and code.</summary>
    public async Task<ApiAnswer> Refused(int status, string code)
    {
        var answer = await Returns(status);
        answer.Header("Content-Type").ShouldBe("application/problem+json");
        answer.Json.GetProperty("code").GetString().ShouldBe(code, answer.Text);
        return answer;
    }
}

/// <summary>An answer, read to its end.</summary>
public sealed class ApiAnswer
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    public ApiAnswer(HttpResponseMessage response, string text)
    {
        Status = (int)response.StatusCode;
        Text = text;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = string.Join(", ", values);
        }
    }

    public IReadOnlyDictionary<string, string> Headers => headers;

    public int Status { get; }

    public string Text { get; }

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? ETag => Header("ETag");

    public long? Position => Header("Event-Position") is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : null;

    /// <summary>The id in the body of what was created.</summary>
    public Guid Id => Json.GetProperty("id").GetGuid();

    public JsonElement[] Data => [.. Json.GetProperty("data").EnumerateArray()];

    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The pointers or parameter names of a problem's errors, with their codes: "/lines/0/quantity greater_than".</summary>
    public string[] Faults =>
        [.. Json.GetProperty("errors").EnumerateArray().Select(error =>
            $"{(error.TryGetProperty("pointer", out var pointer) ? pointer : error.GetProperty("parameter")).GetString()} {error.GetProperty("code").GetString()}")];
}
