namespace Mainstreet.Api.Events;

/// <summary>The section <c>Events</c> of the configuration.</summary>
internal sealed class StreamOptions
{
    /// <summary>Streams and waiting requests of one user, in this process.</summary>
    public int StreamsPerUser { get; set; } = 5;

    /// <summary>Streams and waiting requests of one business, in this process.</summary>
    public int StreamsPerBusiness { get; set; } = 200;

    /// <summary>How often a stream on which nothing happens says that it is alive.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take nothing of what it is sent.</summary>
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromSeconds(30);
}
