using System.Net;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The section <c>Webhooks</c> of the configuration.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Networks in CIDR notation that may be reached although they are not public, such as <c>127.0.0.0/8</c> in Development.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>How long one attempt may take, from the look-up of the name to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one address may take to answer, so that the next address of the name gets its turn.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes of an answer are read.</summary>
    public int MaxResponseBytes { get; set; } = 64 * 1024;

    /// <exception cref="InvalidOperationException">A network is not in CIDR notation.</exception>
    public AddressPolicy AddressPolicy() => new([.. AllowedNetworks.Select(text => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new InvalidOperationException($"Webhooks:AllowedNetworks: '{text}' is not a network in CIDR notation, such as 127.0.0.0/8."))]);
}
