namespace Mainstreet.Domain.Connections;

/// <summary>Something that a business has from its provider. All of them are kept sealed, and never shown again.</summary>
public sealed record CredentialField(string Name, bool Required, string Description);

/// <summary>With whom a business can be connected, and what the connection needs.</summary>
/// <param name="Name">As it stands in paths and events.</param>
/// <param name="Account">What the provider's notifications call the business by.</param>
/// <param name="Credentials">What there is to know.</param>
/// <param name="HasTokens">It gives access tokens that expire, and a refresh token with which to get the next one (RFC 6749).</param>
public sealed record ConnectionProvider(string Name, string Account, CredentialField[] Credentials, bool HasTokens = false)
{
    public const string AccessToken = "access_token";
    public const string RefreshToken = "refresh_token";
    public const string Key = "api_key";
    public const string KeySecret = "api_secret";
    public const string PublishableKey = "publishable_key";
    public const string WebhookSecret = "webhook_secret";
    public const string VerifyToken = "verify_token";
    public const string PushAudience = "push_audience";
    public const string PushAccount = "push_service_account";

    private const int LongestCredential = 8192;

    public static IReadOnlyList<ConnectionProvider> All { get; } =
    [
        new("google", "The Pub/Sub subscription that pushes: projects/{project}/subscriptions/{subscription}.",
        [
            new(RefreshToken, Required: true, "Of the consent, with which access tokens are got."),
            new(AccessToken, Required: false, "The present one; left out, the first one is got at once."),
            new(PushAudience, Required: false, "The audience of the push subscription's tokens. Without it no notification is accepted."),
            new(PushAccount, Required: false, "The e-mail address of the service account that signs the pushes."),
        ], HasTokens: true),
        new("greeninvoice", "The id of the business there.",
        [
            Secret("The secret of the webhook, with which notifications are signed."), ApiKey, new(KeySecret, Required: false, "Belongs to the API key."),
        ]),
        new("icount", "The company's id (cid).", [Secret("A secret of your choice, which the webhook sends as X-Webhook-Token."), ApiKey]),
        new("paypal", "The id of the merchant there.",
        [
            Secret("The id of the webhook, over which notifications are signed."), new(Key, Required: false, "The client id of the REST application."),
            new(KeySecret, Required: false, "Its secret."),
        ]),
        new("stripe", "The connected account, acct_...",
        [
            Secret("Of the webhook endpoint, whsec_..."), ApiKey, new(PublishableKey, Required: false, "pk_..., which customers' pages pay with."),
        ]),
        new("toyyibpay", "The category code.", [Secret("The userSecretKey, with which callbacks are hashed.")]),
        new("twilio", "The account's SID, AC...",
        [
            new(Key, Required: true, "The auth token."), new("sms_from", Required: false, "The number that SMS come from, or a messaging service (MG...)."),
            new("whatsapp_from", Required: false, "The number that WhatsApp messages come from, or a messaging service (MG...)."),
        ]),
        new("voicenter", "The number that is called (did), in digits.", [Secret("A secret of your choice, which notifications carry as ?token= or X-Webhook-Token."), ApiKey]),
        new("whatsapp", "The id of the WhatsApp Business account.",
        [
            Secret("The secret of the app, with which notifications are signed."), new(VerifyToken, Required: true, "A text of your choice, by which Meta checks the address."),
            new(AccessToken, Required: false, "Of a system user; it does not expire."),
        ]),
    ];

    private static CredentialField ApiKey => new(Key, Required: false, "With which it lets the business in.");

    /// <summary>Errors: provider_unknown (400).</summary>
    public static ConnectionProvider Get(string name) =>
        All.FirstOrDefault(provider => provider.Name == name) ?? throw new DomainException(ConnectionErrors.ProviderUnknown);

    /// <summary>Errors: credential_required, credential_unknown, credential_invalid (400), each at its place.</summary>
    public void CheckCredentials(IReadOnlyDictionary<string, string> credentials)
    {
        foreach (var (name, value) in credentials)
        {
            Check.That(Array.Exists(Credentials, field => field.Name == name), ConnectionErrors.CredentialUnknown(name));
            Check.That(Check.IsText(value, LongestCredential), ConnectionErrors.CredentialInvalid(name));
        }

        foreach (var field in Credentials)
        {
            Check.That(!field.Required || credentials.ContainsKey(field.Name), ConnectionErrors.CredentialRequired(field.Name));
        }
    }

    private static CredentialField Secret(string description) => new(WebhookSecret, Required: true, description);
}
