namespace Mainstreet.Api.Http.Limits;

/// <summary>The section <c>Limits</c> of the configuration: how much anybody may ask for (SEC-06, SEC-07). Of all processes together.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>One user's requests, in whatever business and from wherever; or those of one API key.</summary>
    public RateLimit User { get; set; } = new() { Requests = 100, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// Requests without a token, or with a bad one, from one network address (an IPv6 /64). An office or a mobile network full of guests is one address:
    /// enough for 20 of them who look at a page every two seconds.
    /// </summary>
    public RateLimit Guest { get; set; } = new() { Requests = 600, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Requests of all members of one business.</summary>
    public RateLimit Business { get; set; } = new() { Requests = 3_000, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Requests of all guests of one business; apart from its members', who go on working while the shop is stormed.</summary>
    public RateLimit Storefront { get; set; } = new() { Requests = 6_000, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Notifications of a provider to one connection that are signed: a burst of 300 a second, where a guest's would be refused.</summary>
    public RateLimit Inbound { get; set; } = new() { Requests = 18_000, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Requests to the addresses of providers from one network address, signed or not. What turns out not to be signed counts as a guest's too.</summary>
    public RateLimit InboundAddress { get; set; } = new() { Requests = 36_000, Window = TimeSpan.FromMinutes(1) };

    /// <summary>How many users, addresses or businesses one process counts at least before it forgets those that it has not seen for longest.</summary>
    public int Counted { get; set; } = 50_000;

    /// <summary>After which time a request is answered 504, whatever it is doing; streams, waiting, uploads and downloads excepted.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many headers a request may have, and how many bytes altogether.</summary>
    public int Headers { get; set; } = 100;

    /// <inheritdoc cref="Headers" />
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How long path and query may be together.</summary>
    public int AddressBytes { get; set; } = 8 * 1024;

    public bool AreValid() => Timeout > TimeSpan.Zero && Counted > 0 && Headers > 0 && HeaderBytes > 0 && AddressBytes > 0
        && new[] { User, Guest, Business, Storefront, Inbound, InboundAddress }.All(limit => limit.Requests > 0 && limit.Window > TimeSpan.Zero);
}

/// <summary>A bucket of <see cref="Requests"/> tokens, which fills evenly within <see cref="Window"/>: all may be spent at once.</summary>
internal sealed class RateLimit
{
    public int Requests { get; set; }

    public TimeSpan Window { get; set; }
}
