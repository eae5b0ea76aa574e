namespace Mainstreet.Api.Tests.Webhooks;

/// <summary>An endpoint with the secret that was shown once.</summary>
public sealed record TestWebhook(Guid Id, string Secret)
{
    public string Path => $"/webhook-endpoints/{Id}";
}

internal static class WebhookStarters
{
    /// <summary>Registers the receiver, by default for what happens to the storefront and to the business's settings: two subjects.</summary>
    public static async Task<TestWebhook> NewWebhook(
        this TestBusiness business, WebhookReceiver receiver, string[]? types = null, string ordering = "per_subject", string payload = "full", string path = "hook",
        object? filters = null, object? headers = null, object? rate = null, int disableAfterDays = 5)
    {
        var created = await business.Owner
            .Post("/webhook-endpoints", new { url = receiver.Url(path), event_types = types ?? ["storefront.*", "business_profile.*"], ordering, payload, filters, headers, rate, disable_after_days = disableAfterDays }).Returns(201);
        return new(created.Id, created.Json.GetProperty("secret").GetString()!);
    }

    /// <summary>Something happens to the storefront.</summary>
    public static async Task<long> Rename(this TestBusiness business, string name) =>
        (await business.Owner.Patch("/business/storefront", new { branding = new { company_name = name } }).Returns(204)).Position!.Value;

    /// <summary>Something happens to the settings.</summary>
    public static async Task<long> Allow(this TestBusiness business, int minutes) =>
        (await business.Owner.Patch("/business/settings", new { acceptance_minutes = minutes }).Returns(204)).Position!.Value;

    /// <summary>The newest delivery to this endpoint, with its attempts.</summary>
    public static async Task<ApiAnswer> LastDelivery(this TestBusiness business, TestWebhook webhook, string filter = "")
    {
        var newest = await business.Owner.Get($"{webhook.Path}/deliveries?limit=1{filter}").Returns(200);
        return await business.Owner.Get($"/webhook-deliveries/{newest.Data[0].GetProperty("id").GetGuid()}").Returns(200);
    }

    public static int?[] Answers(this ApiAnswer delivery) =>
        [.. delivery.Json.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.TryGetProperty("status_code", out var code) ? code.GetInt32() : (int?)null)];
}
