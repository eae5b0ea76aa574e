using System.Net;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Dns</c> of the configuration.</summary>
internal sealed class DnsOptions
{
    /// <summary>Whom to ask, as 10.0.0.2 or 10.0.0.2:53, in this order. Left out: those of the machine.</summary>
    public string[] Servers { get; set; } = [];

    /// <summary>How long one of them may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    public bool AreValid() => Timeout > TimeSpan.Zero && Servers.All(server => IPEndPoint.TryParse(server, out _));
}
