using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Mail by HTTP as Resend takes it: POST /emails, with an idempotency key that the provider remembers for a day. What is refused is given
/// up at once; faults of the provider or the way there use up the attempts of the message, being asked to slow down does not.
/// </summary>
internal sealed class ResendEmails(HttpClient http, IOptions<EmailOptions> options)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);

    public static void Prepare(HttpClient http, EmailOptions options) => (http.Timeout, http.MaxResponseContentBufferSize) = (options.Timeout, LongestAnswer);

    public async Task Send(EmailMessage message, CancellationToken cancellationToken)
    {
        using var request = Request(message, options.Value);
        using var response = await Send(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        throw response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new UnavailableException(
                "email_rate_limited", "The mail provider takes no more mails for now.", response.Headers.RetryAfter?.Delta is { } asked && asked > UsualPause ? asked : UsualPause),
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
                new DomainException(EmailErrors.Unavailable($"it answered {(int)response.StatusCode}")), // conflict: an earlier attempt is still under way
            var status => new DomainException(EmailErrors.Refused((int)status, Name(await response.Content.ReadAsStringAsync(cancellationToken)))),
        };
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DomainException(EmailErrors.Unavailable("no answer in time"));
        }
        catch (HttpRequestException e)
        {
            throw new DomainException(EmailErrors.Unavailable(JsonNamingPolicy.SnakeCaseLower.ConvertName(e.HttpRequestError.ToString())));
        }
    }

    private static HttpRequestMessage Request(EmailMessage message, EmailOptions options)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { options.From, To = new[] { message.To }, message.Subject, message.Text, message.Html }, StoredJson.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, $"{options.BaseUrl.TrimEnd('/')}/emails") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Headers.Add("Idempotency-Key", message.IdempotencyKey);
        request.Headers.Add("User-Agent", "Mainstreet/1.0");
        return request;
    }

    /// <summary>What the provider calls the fault, such as validation_error. Its message may repeat the address, and is left out.</summary>
    private static string? Name(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement is { ValueKind: JsonValueKind.Object } fault && fault.TryGetProperty("name", out var name)
                && name.ValueKind is JsonValueKind.String && name.GetString() is { Length: > 0 and <= 60 } code
                && code.All(character => char.IsAsciiLetterLower(character) || character is '_')
                ? code
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
