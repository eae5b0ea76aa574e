using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.ApiKeys;

/// <summary>New keys under the master key, for the answer that shows them once and its repetitions.</summary>
public sealed class ApiKeySecrets(ISecretBox box)
{
    public string Seal(ApiKeyText key) => box.Seal(Encoding.UTF8.GetBytes(key.Text), Purpose(key.KeyId));

    /// <summary>The key as its program shows it: <c>msk_...</c></summary>
    public string Open(ApiKeyReceipt receipt) => Encoding.UTF8.GetString(box.Open(receipt.SealedKey, Purpose(receipt.KeyId)));

    private static string Purpose(ApiKeyId key) => $"api-key:{key}";
}
