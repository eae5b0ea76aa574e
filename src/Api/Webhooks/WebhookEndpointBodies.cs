using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Api.Webhooks;

/// <param name="Url">https; test businesses may use http.</param>
/// <param name="EventTypes">Such as order.placed, order.* or *; GET /event-types lists them.</param>
/// <param name="Ordering">Whether a failing message holds later ones about the same subject, all later ones, or none.</param>
/// <param name="Payload">thin: what happened to what, without the data.</param>
/// <param name="Filters">All that are for an event have to hold, or it is not sent.</param>
/// <param name="Headers">Sent with every message, such as Authorization. Their values are secret.</param>
/// <param name="Rate">How many messages are sent in a second or a minute of the clock; the others wait.</param>
/// <param name="DisableAfterDays">Without a success; 0: never.</param>
/// <param name="Signature">ed25519: messages are verified with a public key.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record RegisterWebhookEndpointRequest(
    string Url,
    string[] EventTypes,
    string? Description = null,
    WebhookOrdering Ordering = WebhookOrdering.PerSubject,
    PayloadKind Payload = PayloadKind.Full,
    WebhookFilterBody[]? Filters = null,
    WebhookHeaderRequest[]? Headers = null,
    WebhookRateBody? Rate = null,
    int DisableAfterDays = WebhookEndpointSettings.DefaultDisableAfterDays,
    WebhookSignature Signature = WebhookSignature.HmacSha256,
    Guid? Id = null)
{
    public RegisterWebhookEndpoint ToCommand() => new(
        new(Url, EventTypes, Description, Ordering, Payload, Filters is null or [] ? null : [.. Filters.Select(filter => filter.ToFilter())], Headers: null, Rate?.ToRate(), DisableAfterDays),
        Id is { } id ? new WebhookEndpointId(id) : null,
        [.. (Headers ?? []).Select(header => header.ToChange())],
        Signature);
}

/// <param name="Path">JSON pointer into the data of the event, such as /total/amount.</param>
/// <param name="Op">gt, gte, lt and lte compare numbers, and texts by their characters; in: is one of a list; exists: is there, or with the value false is not.</param>
/// <param name="Value">A text, a number, true or false; for in a list of them.</param>
/// <param name="EventTypes">Such as order.placed or order.*: what the filter is for. It lets others pass. Left out: for all.</param>
internal sealed record WebhookFilterBody(string Path, WebhookFilterOp Op, JsonElement? Value = null, string[]? EventTypes = null)
{
    public WebhookFilter ToFilter() => new(Path, Op, Value, EventTypes);

    public static WebhookFilterBody Of(WebhookFilter filter) => new(filter.Path, filter.Op, filter.Value, filter.EventTypes);
}

/// <param name="Value">1 to 4,096 characters; left out: the header is not sent any more. No answer shows it.</param>
internal sealed record WebhookHeaderRequest(string Name, string? Value = null)
{
    public WebhookHeaderChange ToChange() => new(Name, Value);
}

/// <param name="Max">1 to 1,000.</param>
internal sealed record WebhookRateBody(int Max, WebhookRatePeriod Per)
{
    public WebhookRate ToRate() => new(Max, Per);

    public static WebhookRateBody? Of(WebhookRate? rate) => rate is null ? null : new(rate.Max, rate.Per);
}

/// <summary>A member that is left out stays as it is. A description or rate that is null is removed.</summary>
/// <param name="Url">Where it leads to another server, headers that are not named in the same request are removed.</param>
/// <param name="Filters">In the place of those that there are.</param>
/// <param name="Headers">Those that change; others stay.</param>
internal sealed record UpdateWebhookEndpointRequest(
    string? Url = null, string[]? EventTypes = null, WebhookOrdering? Ordering = null, PayloadKind? Payload = null, WebhookFilterBody[]? Filters = null,
    WebhookHeaderRequest[]? Headers = null, int? DisableAfterDays = null)
{
    private Change<string>? description;
    private Change<WebhookRate>? rate;

    public string? Description
    {
        get => description?.To;
        init => description = new(value);
    }

    public WebhookRateBody? Rate
    {
        get => WebhookRateBody.Of(rate?.To);
        init => rate = new(value?.ToRate());
    }

    public UpdateWebhookEndpoint ToCommand(WebhookEndpointId endpoint, int? expectedVersion) => new(
        endpoint, Url, EventTypes, description, Ordering, Payload, Filters is null ? null : [.. Filters.Select(filter => filter.ToFilter())],
        Headers is null ? null : [.. Headers.Select(header => header.ToChange())], rate, DisableAfterDays, expectedVersion);
}

/// <param name="ResumeFrom">last_acked: where it stopped; now: with what happens next; position: from there on, again where it was sent before, by a replay.</param>
/// <param name="Position">Of the first event to send; only with resume_from position.</param>
internal sealed record EnableWebhookEndpointRequest(WebhookResume ResumeFrom = WebhookResume.LastAcked, long? Position = null)
{
    public EnableWebhookEndpoint ToCommand(WebhookEndpointId endpoint, int? expectedVersion) => new(endpoint, ResumeFrom, Position, expectedVersion);
}

/// <param name="Secret">Signs what is sent here. It is shown this once; left out where a public key verifies.</param>
/// <param name="PublicKey">Verifies what is sent here; left out where the secret does.</param>
/// <param name="Headers">Their names.</param>
internal sealed record NewWebhookEndpointBody(
    Guid Id, string Url, string[] EventTypes, string? Description, WebhookOrdering Ordering, PayloadKind Payload, WebhookFilterBody[] Filters, string[] Headers,
    WebhookRateBody? Rate, int DisableAfterDays, bool Enabled, string? Secret, string? PublicKey, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static NewWebhookEndpointBody Of(RegisterWebhookEndpointRequest request, WebhookSecretReceipt receipt, WebhookSecrets secrets) => new(
        receipt.EndpointId.Value, request.Url, request.EventTypes, request.Description, request.Ordering, request.Payload,
        request.Filters ?? [], [.. (request.Headers ?? []).Where(header => header.Value is not null).Select(header => header.Name)], request.Rate, request.DisableAfterDays, Enabled: true,
        secrets.Show(receipt.EndpointId, receipt.Key), receipt.Key.PublicKey, receipt.Version, receipt.At, receipt.At);
}

/// <param name="Headers">The names of headers that are sent; their values are shown to nobody.</param>
/// <param name="Degraded">It is enabled, and has met no success for an hour.</param>
/// <param name="DisabledReason">manual; gone: the receiver answered 410; failing: it met no success for disable_after_days.</param>
/// <param name="PublicKey">Verifies what is sent here; left out where a secret does.</param>
/// <param name="PreviousSecretValidUntil">Until then messages carry two signatures.</param>
internal sealed record WebhookEndpointBody(
    Guid Id, string Url, string[] EventTypes, string? Description, WebhookOrdering Ordering, PayloadKind Payload, WebhookFilterBody[] Filters, string[] Headers,
    WebhookRateBody? Rate, int DisableAfterDays, bool Enabled, bool Degraded, DisableReason? DisabledReason, string? PublicKey,
    DateTimeOffset? PreviousSecretValidUntil, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static WebhookEndpointBody Of(WebhookEndpointView endpoint) => new(
        endpoint.Id.Value, endpoint.Url, endpoint.EventTypes, endpoint.Description, endpoint.Ordering, endpoint.Payload,
        [.. endpoint.Filters.Select(WebhookFilterBody.Of)], endpoint.Headers, WebhookRateBody.Of(endpoint.Rate), endpoint.DisableAfterDays, endpoint.Enabled, endpoint.Degraded,
        endpoint.DisabledReason, endpoint.PublicKey, endpoint.PreviousSecretValidUntil, endpoint.Version, endpoint.CreatedAt, endpoint.UpdatedAt);
}

/// <param name="Signature">From now on; left out: as before.</param>
internal sealed record RotateWebhookSecretRequest(WebhookSignature? Signature = null);

/// <param name="Secret">It is shown this once; left out where a public key verifies.</param>
/// <param name="PublicKey">Left out where the secret verifies.</param>
/// <param name="PreviousSecretValidUntil">Until then messages are signed with both.</param>
internal sealed record WebhookSecretBody(string? Secret, string? PublicKey, DateTimeOffset PreviousSecretValidUntil);

/// <param name="Id">Of the delivery, which tells how it went.</param>
internal sealed record WebhookTestBody(Guid Id);

/// <param name="Attempts">In the window: of the newest 10,000.</param>
/// <param name="SuccessRate">0 to 1; left out without attempts.</param>
/// <param name="LatencyP50Ms">Half of the attempts took no longer.</param>
/// <param name="LatencyP95Ms">19 of 20 took no longer.</param>
/// <param name="Backlog">Messages that wait: up to 10,000.</param>
/// <param name="OldestPendingAt">Since when the first of them does.</param>
/// <param name="Circuit">closed: all is sent; open: nothing until paused_until; half_open: one message is tried, and the rest follows its success.</param>
/// <param name="FailingSince">The first failure since the last success.</param>
internal sealed record WebhookStatsBody(
    long Attempts, long Succeeded, double? SuccessRate, int? LatencyP50Ms, int? LatencyP95Ms, long Backlog, DateTimeOffset? OldestPendingAt, WebhookCircuit Circuit,
    int Failures, DateTimeOffset? FailingSince, DateTimeOffset? PausedUntil)
{
    public static WebhookStatsBody Of(WebhookStats stats) => new(
        stats.Attempts, stats.Succeeded, stats.SuccessRate, stats.LatencyP50, stats.LatencyP95, stats.Backlog, stats.OldestPendingAt, stats.Circuit, stats.Failures,
        stats.FailingSince, stats.Paused ? stats.PausedUntil : null);
}
