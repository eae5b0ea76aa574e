namespace Mainstreet.Infrastructure.Reads;

/// <summary>The section <c>Database</c> of the configuration, as far as reads are concerned.</summary>
internal sealed class ReadOptions
{
    /// <summary>How long the database may take for one statement of a read. Everything else has the 30 seconds of its role.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections that reads of one business hold at once; null: a quarter of the pool.</summary>
    public int? PerBusiness { get; set; }
}
