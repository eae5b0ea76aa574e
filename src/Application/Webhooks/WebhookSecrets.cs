using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

/// <summary>Signing secrets under the master key. A sealed one opens as its own endpoint's only.</summary>
public sealed class WebhookSecrets(IWebhookSigner signer, ISecretBox box)
{
    /// <summary>A new secret, sealed for events and stored answers. Errors: signature_unavailable (422).</summary>
    public SigningKey New(WebhookEndpointId endpoint, WebhookSignature signature)
    {
        var key = signer.NewKey(signature);
        return new(box.Seal(Encoding.UTF8.GetBytes(key.Secret), Purpose(endpoint)), key.PublicKey);
    }

    /// <summary>What the receiver is to know of it, once; null: it verifies with the public key.</summary>
    public string? Show(WebhookEndpointId endpoint, SigningKey key) => key.PublicKey is null ? Open(endpoint, key.EncryptedSecret) : null;

    /// <summary>The secret that signs: <c>whsec_...</c> or <c>whsk_...</c></summary>
    public string Open(WebhookEndpointId endpoint, string sealedSecret) => Encoding.UTF8.GetString(box.Open(sealedSecret, Purpose(endpoint)));

    private static string Purpose(WebhookEndpointId endpoint) => $"webhook-secret:{endpoint}";
}
