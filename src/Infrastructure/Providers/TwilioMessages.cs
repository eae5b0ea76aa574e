using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain.Notifications;
using Mainstreet.Infrastructure.Inbound;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// SMS and WhatsApp by HTTP as Twilio takes them: POST /2010-04-01/Accounts/{sid}/Messages.json. It knows no idempotency keys, so a message whose answer is
/// lost may have been taken: see <see cref="MessageAttempts"/>. Where it was certainly not taken, as the connection could not be made or the answer
/// is 429, 500 or 503, it may be tried again.
/// </summary>
internal sealed class TwilioMessages(HttpClient http, MessageAttempts attempts, IOptions<TwilioOptions> options)
{
    public const string Provider = "twilio";

    /// <summary>The recipient has answered STOP.</summary>
    private const string OptedOut = "twilio_21610";
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);

    public static void Prepare(HttpClient http, TwilioOptions options) => (http.Timeout, http.MaxResponseContentBufferSize) = (options.Timeout, LongestAnswer);

    public async Task<SendOutcome> Send(TwilioAccount account, string from, TextMessage message, CancellationToken cancellationToken)
    {
        if (!await attempts.Begin(message.IdempotencyKey, cancellationToken))
        {
            return SendOutcome.Refused("outcome_unknown");
        }

        using var request = Request(account, from, message);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.Refused("outcome_unknown");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw await NotTaken(message, $"could not be reached ({JsonNamingPolicy.SnakeCaseLower.ConvertName(e.HttpRequestError.ToString())})", null);
        }
        catch (HttpRequestException)
        {
            return SendOutcome.Refused("outcome_unknown");
        }

        using (response)
        {
            return await Outcome(message, response, cancellationToken);
        }
    }

    private async Task<SendOutcome> Outcome(TextMessage message, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                throw await NotTaken(message, $"answered {(int)response.StatusCode}", response.Headers.RetryAfter?.Delta);
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout:
                return SendOutcome.Refused("outcome_unknown"); // it fell over, or somebody in between gave up: nobody knows after which step
        }

        var answer = Json(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (response.IsSuccessStatusCode)
        {
            return answer.Text("sid") is { Length: <= 64 } sid ? SendOutcome.Taken(sid) : SendOutcome.Taken(null);
        }

        var failure = answer is { ValueKind: JsonValueKind.Object } fault && fault.TryGetProperty("code", out var code) && code.TryGetInt32(out var number)
            ? $"{Provider}_{number}"
            : $"{Provider}_http_{(int)response.StatusCode}";
        return SendOutcome.Refused(failure) with { OptedOut = failure == OptedOut };
    }

    /// <summary>What was certainly not taken may be tried again.</summary>
    private async Task<UnavailableException> NotTaken(TextMessage message, string what, TimeSpan? asked)
    {
        await attempts.Forget(message.IdempotencyKey);
        return new("messages_unavailable", $"The provider of messages {what}.", asked > UsualPause ? asked.Value : UsualPause);
    }

    private HttpRequestMessage Request(TwilioAccount account, string from, TextMessage message)
    {
        var prefix = message.Channel is NotificationChannel.Whatsapp ? "whatsapp:" : "";
        var form = new List<KeyValuePair<string, string>> { new("To", prefix + message.To) };
        form.Add(from.StartsWith("MG", StringComparison.Ordinal) ? new("MessagingServiceSid", from) : new("From", prefix + from));
        if (message.Content is { } content)
        {
            form.Add(new("ContentSid", content));
            form.Add(new("ContentVariables", JsonSerializer.Serialize(message.Values ?? new Dictionary<string, string>(StringComparer.Ordinal))));
        }
        else
        {
            form.Add(new("Body", message.Text));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Value.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(account.Sid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{account.Token}")));
        request.Headers.Add("User-Agent", "Mainstreet/1.0");
        return request;
    }

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
