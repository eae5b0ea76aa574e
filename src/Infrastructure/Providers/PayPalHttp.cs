using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>PayPal as one business's application reaches it: with an access token, got by its id and secret and kept for as long as it is good (RFC 6749, 4.4).</summary>
internal sealed class PayPalHttp(ProviderHttp http, IOptions<PaymentOptions> options, PayPalTokens tokens, IReadOnlyDictionary<string, string> credentials)
{
    private const string PayPal = "PayPal";
    private const int StatusOfStranger = 401;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public Task<ProviderAnswer> Get(string path, CancellationToken cancellationToken) => Send(HttpMethod.Get, path, requestId: null, body: null, cancellationToken);

    /// <param name="path">Below the API's address.</param>
    /// <param name="requestId">The same one has one effect.</param>
    /// <param name="body">Null: there is none to send.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ProviderAnswer> Post(string path, string requestId, object? body, CancellationToken cancellationToken) => Send(HttpMethod.Post, path, requestId, body, cancellationToken);

    /// <summary>Why PayPal did not do it, where that is about the payment; null: it is about who asks or how, and would have to be mended.</summary>
    public static string? Issue(ProviderAnswer answer) =>
        answer.Status == 422 ? ProviderHttp.Code(answer.Body.At("details").Each().Select(detail => (JsonElement?)detail).FirstOrDefault(), "issue") ?? "refused" : null;

    public static DomainException Refused(ProviderAnswer answer) =>
        new(PaymentErrors.ProviderRefused(PayPal, answer.Status, ProviderHttp.Code(answer.Body.At("details").Each().Select(detail => (JsonElement?)detail).FirstOrDefault(), "issue") ?? ProviderHttp.Code(answer.Body, "name", "error")));

    /// <summary>It looks into a payment, or has done a step of which it does not tell yet.</summary>
    public static UnavailableException Undecided() => new("payment_provider_unavailable", $"{PayPal} has not decided yet.", Pause);

    /// <summary>A token may be withdrawn before its time: then it is asked once more with another one.</summary>
    private async Task<ProviderAnswer> Send(HttpMethod method, string path, string? requestId, object? body, CancellationToken cancellationToken)
    {
        var answer = await SendOnce(method, path, requestId, body, cancellationToken);
        if (answer.Status != StatusOfStranger)
        {
            return answer;
        }

        tokens.Forget(credentials[ConnectionProvider.Key], credentials[ConnectionProvider.KeySecret]);
        return await SendOnce(method, path, requestId, body, cancellationToken);
    }

    private async Task<ProviderAnswer> SendOnce(HttpMethod method, string path, string? requestId, object? body, CancellationToken cancellationToken)
    {
        var (id, secret) = (credentials[ConnectionProvider.Key], credentials[ConnectionProvider.KeySecret]);
        if (await tokens.Find(id, secret, Authorize, cancellationToken) is not { } token)
        {
            throw new DomainException(PaymentErrors.ProviderRefused(PayPal, StatusOfStranger, "invalid_client"));
        }

        using var request = new HttpRequestMessage(method, Address(path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Prefer", "return=representation");
        if (requestId is not null)
        {
            request.Headers.Add("PayPal-Request-Id", requestId);
        }

        if (method == HttpMethod.Post)
        {
            request.Content ??= new StringContent("", Encoding.UTF8, "application/json");
        }

        return await http.Send(PayPal, request, cancellationToken);
    }

    /// <summary>Null: PayPal does not know who asks.</summary>
    private async Task<(string Token, TimeSpan GoodFor)?> Authorize(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("v1/oauth2/token"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        var client = Encoding.UTF8.GetBytes($"{credentials[ConnectionProvider.Key]}:{credentials[ConnectionProvider.KeySecret]}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(client));
        var answer = await http.Send(PayPal, request, cancellationToken);
        return answer.Succeeded && answer.Body.Text("access_token") is { } token
            ? (token, TimeSpan.FromSeconds(int.TryParse(answer.Body.Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0))
            : answer.Status is 400 or StatusOfStranger ? null : throw Refused(answer);
    }

    private string Address(string path) => $"{options.Value.PayPalUrl.TrimEnd('/')}/{path}";
}
