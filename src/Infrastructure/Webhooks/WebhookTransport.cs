using System.Net;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>One per process: it keeps the connections. Any number of attempts may run at once.</summary>
internal sealed class WebhookTransport : IWebhookTransport, IDisposable
{
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Trailer", "TE", "Keep-Alive",
    };

    private readonly WebhookOptions options;
    private readonly AddressPolicy policy;
    private readonly HttpMessageInvoker http;
    private readonly TimeProvider clock;

    public WebhookTransport(WebhookOptions options, TimeProvider clock)
        : this(options, clock, Dns.GetHostAddressesAsync)
    {
    }

    internal WebhookTransport(WebhookOptions options, TimeProvider clock, Resolve resolve)
    {
        this.options = options;
        this.clock = clock;
        policy = options.AddressPolicy();
        http = new HttpMessageInvoker(GuardedHttp.Handler(policy, options, resolve));
    }

    public DomainError? Check(string url, bool sandbox) => WebhookUrl.Check(url, sandbox, policy);

    public async Task<WebhookResponse> Send(WebhookRequest request, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        if (Check(request.Url.OriginalString, request.Sandbox) is { } error)
        {
            return new(null, null, TimeSpan.Zero, error.Code, null);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        using var message = Message(request);
        HttpResponseMessage? response = null;
        var body = new ResponseBody(options.MaxResponseBytes);
        string? failure = null;
        try
        {
            response = await http.SendAsync(message, timeout.Token);
            await body.Read(response.Content, timeout.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Failure(e) is { } code)
        {
            failure = code;
        }

        using (response)
        {
            return new((int?)response?.StatusCode, response is null ? null : body.Text(), clock.GetElapsedTime(start), failure, RetryAfter(response));
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Message(WebhookRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Url) { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers)
        {
            if (OwnHeaders.Contains(name))
            {
                throw new ArgumentException($"The header {name} belongs to the connection.", nameof(request));
            }

            // not checked for what the header usually says, and not repeated in an error: it may be secret. Some, such as Expires, are a body's here
            if (!message.Headers.TryAddWithoutValidation(name, value) && !message.Content.Headers.TryAddWithoutValidation(name, value))
            {
                throw new ArgumentException($"The header {name} cannot be sent.", nameof(request));
            }
        }

        if (!message.Headers.Contains("User-Agent"))
        {
            message.Headers.Add("User-Agent", "Mainstreet-Webhooks/1.0");
        }

        return message;
    }

    /// <summary>The code of a failure on the way; null for what is no such failure and must surface.</summary>
    private static string? Failure(Exception exception) => exception switch
    {
        OperationCanceledException => WebhookErrors.Timeout,
        HttpRequestException { InnerException: AddressRefusedException } => WebhookErrors.AddressRefused,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => WebhookErrors.NameNotResolved,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => WebhookErrors.TlsFailed,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => WebhookErrors.ConnectionFailed,
        HttpRequestException or HttpIOException => WebhookErrors.InvalidResponse,
        IOException => WebhookErrors.ConnectionFailed,
        _ => null,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
