using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.Webhooks;

/// <summary>Signing secrets under the master key. A sealed one opens as its own endpoint's only.</summary>
public sealed class WebhookSecrets(IWebhookSigner signer, ISecretBox box)
{
    /// <summary>A new secret, sealed for events and stored answers.</summary>
    public string New(WebhookEndpointId endpoint) => box.Seal(Encoding.UTF8.GetBytes(signer.NewSecret()), Purpose(endpoint));

    /// <summary>The secret as receivers know it: <c>whsec_...</c></summary>
    public string Open(WebhookEndpointId endpoint, string sealedSecret) => Encoding.UTF8.GetString(box.Open(sealedSecret, Purpose(endpoint)));

    private static string Purpose(WebhookEndpointId endpoint) => $"webhook-secret:{endpoint}";
}
