using System.Net.Http.Headers;
using System.Text.Json;
using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using Mainstreet.Infrastructure.Inbound;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Transfers from the platform's own account at Stripe to that of a payee, as Stripe's API of 2024-06-20 has them. Stripe remembers keys for a day only, so it
/// is asked first whether an earlier attempt made this transfer.
/// </summary>
internal sealed class StripeTransfers(ProviderHttp http, string url, string key) : IPayoutProvider
{
    public const string Provider = "stripe";
    private const string Stripe = "Stripe";
    private const string Version = "2024-06-20";

    public string Name => Provider;

    public async Task<TransferReport?> Transfer(PayoutTransfer transfer, CancellationToken cancellationToken)
    {
        if (transfer.Destination is not { } destination)
        {
            return new TransferReport.Refused("destination_missing");
        }

        var group = transfer.PayoutId.ToString();
        var known = await Send(HttpMethod.Get, $"transfers?transfer_group={group}&limit=100", content: null, idempotencyKey: null, cancellationToken);
        var earlier = known.Succeeded ? known.Body.At("data").Each().ToList() : throw Refused(known);
        if (earlier.Find(made => ((JsonElement?)made).At("metadata").Text("key") == transfer.IdempotencyKey) is { ValueKind: JsonValueKind.Object } made)
        {
            return new TransferReport.Made(((JsonElement?)made).Text("id") ?? "");
        }

        var answer = await Send(
            HttpMethod.Post, "transfers",
            new FormUrlEncodedContent(
            [
                new("amount", StripeAmounts.Of(transfer.Amount)), new("currency", transfer.Amount.Currency.ToLowerInvariant()), new("destination", destination), new("transfer_group", group),
                new("metadata[payout_id]", group), new("metadata[key]", transfer.IdempotencyKey),
            ]),
            transfer.IdempotencyKey, cancellationToken);
        return answer.Succeeded && answer.Body.Text("id") is { } id ? new TransferReport.Made(id)
            : IsAboutTheTransfer(answer) ? new TransferReport.Refused(ProviderHttp.Code(answer.Body.At("error"), "code") ?? "refused")
            : throw Refused(answer);
    }

    /// <summary>Not about who asks or how: that would have to be mended, and then asked again.</summary>
    private static bool IsAboutTheTransfer(ProviderAnswer answer) => answer.Status is 400 or 402 or 403 or 404
        && answer.Body.At("error").Text("code") is not (null or "parameter_unknown" or "parameter_missing" or "idempotency_key_in_use");

    private static DomainException Refused(ProviderAnswer answer) =>
        new(PaymentErrors.ProviderRefused(Stripe, answer.Status, ProviderHttp.Code(answer.Body.At("error"), "code", "type")));

    private async Task<ProviderAnswer> Send(HttpMethod method, string path, HttpContent? content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{url.TrimEnd('/')}/v1/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("Stripe-Version", Version);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.Send(Stripe, request, cancellationToken);
    }
}
