namespace Mainstreet.Api.Tests.Connections;

internal static class ConnectionStarters
{
    public const string WebhookSecret = "whsec_of_the_tests";

    public static string NewAccount() => $"acct_{Guid.NewGuid():N}";

    public static ApiRequest Connect(this TestBusiness business, string provider, string account, object? credentials = null) =>
        business.Owner.Post("/connections", new { provider, account, credentials });

    /// <summary>A connection with Stripe, and where its notifications go.</summary>
    public static async Task<TestConnection> NewConnection(this TestBusiness business, string provider = "stripe", string? account = null, object? credentials = null)
    {
        account ??= NewAccount();
        var created = await business.Connect(provider, account, credentials ?? new { webhook_secret = WebhookSecret }).Returns(201);
        return new(created.Id, account, created.Json.GetProperty("webhook_path").GetString()!);
    }
}

internal sealed record TestConnection(Guid Id, string Account, string WebhookPath)
{
    public string Path => $"/connections/{Id}";
}
