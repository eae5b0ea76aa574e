using System.Globalization;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

/// <summary>A header to set, or without a value to remove.</summary>
public sealed record WebhookHeaderChange(string Name, string? Value)
{
    /// <summary>Without the value, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(WebhookHeaderChange)} {Name}";
}

/// <summary>Values of custom headers under the master key. A sealed one opens as the same header of its own endpoint only.</summary>
public sealed class WebhookHeaders(ISecretBox box)
{
    public string Open(WebhookEndpointId endpoint, WebhookHeader header) => Encoding.UTF8.GetString(box.Open(header.EncryptedValue, Purpose(endpoint, header.Name)));

    /// <summary>The headers as they are after some changes; one that is set to what it is stays as it is. Errors: header_invalid (400).</summary>
    public WebhookHeader[]? Change(WebhookEndpointId endpoint, WebhookHeader[]? present, IReadOnlyList<WebhookHeaderChange> changes)
    {
        var headers = (present ?? []).ToDictionary(header => header.Name, StringComparer.OrdinalIgnoreCase);
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < changes.Count; i++)
        {
            var (name, value) = changes[i];
            Check.That(WebhookHeader.IsName(name) && named.Add(name), WebhookEndpointErrors.HeaderInvalid(string.Create(CultureInfo.InvariantCulture, $"/headers/{i}/name")));
            Check.That(value is null || WebhookHeader.IsValue(value), WebhookEndpointErrors.HeaderInvalid(string.Create(CultureInfo.InvariantCulture, $"/headers/{i}/value")));
            if (value is null)
            {
                headers.Remove(name);
            }
            else if (!headers.TryGetValue(name, out var header) || Open(endpoint, header) != value)
            {
                headers[name] = new(name, box.Seal(Encoding.UTF8.GetBytes(value), Purpose(endpoint, name)));
            }
        }

        return headers.Count == 0 ? null : [.. headers.Values.OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static string Purpose(WebhookEndpointId endpoint, string name) => $"webhook-header:{endpoint}:{name.ToLowerInvariant()}";
}
