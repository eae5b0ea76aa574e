namespace Mainstreet.Application;

/// <summary>The past that a request looks at: a version of the thing it reads, or a time. One of them.</summary>
public sealed record Moment(int? Version, DateTimeOffset? Time)
{
    /// <summary>The last position of the log that counts, once it is known.</summary>
    public long? Position { get; set; }

    /// <summary>When a version was recorded: the moment in another log. Null where it was not looked for yet.</summary>
    public DateTimeOffset? RecordedAt { get; set; }
}
