using System.Net;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>What a provider of payments answered. Null: no JSON.</summary>
internal sealed record ProviderAnswer(int Status, JsonElement? Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>
/// Requests to providers of payments. One that cannot be reached, is overloaded or has a fault of its own is asked again for as long as it takes, with money
/// waiting for it; what it refuses is for the adapter to say.
/// </summary>
internal sealed class ProviderHttp(HttpClient http)
{
    private const int LongestAnswer = 1024 * 1024;
    private const int LongestCode = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseOfFault = TimeSpan.FromSeconds(10);

    public static void Prepare(HttpClient http, IOptions<PaymentOptions> options) => (http.Timeout, http.MaxResponseContentBufferSize) = (options.Value.Timeout, LongestAnswer);

    /// <param name="provider">As people call it.</param>
    /// <param name="request">With everything that opens the provider.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ProviderAnswer> Send(string provider, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("User-Agent", "Mainstreet/1.0");
        using var response = await Reach(provider, request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => throw Unavailable(provider, $"answered {(int)response.StatusCode}", response.Headers.RetryAfter?.Delta),
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError => throw Unavailable(provider, $"answered {(int)response.StatusCode}", PauseOfFault),
            var status => new((int)status, Json(await response.Content.ReadAsByteArrayAsync(cancellationToken))),
        };
    }

    /// <summary>What a provider calls a fault, if it is a name and no text of somebody else's.</summary>
    public static string? Code(JsonElement? fault, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (fault.Text(member) is { Length: <= LongestCode } code && code.All(character => char.IsAsciiLetterOrDigit(character) || character is '_'))
            {
                return code.ToLowerInvariant();
            }
        }

        return null;
    }

    private async Task<HttpResponseMessage> Reach(string provider, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(provider, "gave no answer in time");
        }
        catch (HttpRequestException e)
        {
            throw Unavailable(provider, $"could not be reached ({JsonNamingPolicy.SnakeCaseLower.ConvertName(e.HttpRequestError.ToString())})");
        }
    }

    private static UnavailableException Unavailable(string provider, string what, TimeSpan? asked = null) =>
        new("payment_provider_unavailable", $"{provider} {what}.", asked > TimeSpan.Zero ? asked.Value : Pause);

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
