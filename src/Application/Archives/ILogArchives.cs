using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application.Archives;

/// <summary>How a log is written outside the product.</summary>
public enum ArchiveFormat
{
    /// <summary>NDJSON with checksums.</summary>
    Mainstreet,

    /// <summary>The tables of Marten's event store, mt_streams and mt_events.</summary>
    Marten,
}

/// <summary>The log of the present tenant, for other places.</summary>
public interface ILogExports
{
    /// <param name="after">Only events behind this position.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>What the log holds now; what is committed meanwhile is not part of it. Errors: position_gone (410) behind the log's end.</returns>
    Task<ILogExport> Begin(long after, ArchiveFormat format, CancellationToken cancellationToken);
}

/// <summary>A stretch of a log, fixed when it began.</summary>
public interface ILogExport
{
    string MediaType { get; }

    string FileName { get; }

    /// <summary>A few events at a time are in memory. What is written is whole only if this ends well.</summary>
    Task WriteTo(Stream output, CancellationToken cancellationToken);
}

/// <summary>Logs from elsewhere.</summary>
public interface ILogImports
{
    /// <summary>Reads and checks a log to its end, and keeps nothing of it yet. Errors: log_invalid (400), which names line and field.</summary>
    /// <param name="target">Whose it becomes.</param>
    /// <param name="source">Read as it comes in.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IStagedLog> Stage(TenantId target, LogSource source, CancellationToken cancellationToken);
}

/// <param name="MartenEvents">It is rows of Marten's mt_events, so many; null: an archive of this product, which says so by itself.</param>
/// <param name="Mode">Of the business, where the rows are Marten's.</param>
public sealed record LogSource(Stream Body, long? MartenEvents = null, BusinessMode Mode = BusinessMode.Live);

/// <summary>A log that was found to be good. It is forgotten when disposed of.</summary>
public interface IStagedLog : IAsyncDisposable
{
    /// <summary>Whose it was.</summary>
    TenantId Source { get; }

    BusinessMode Mode { get; }

    /// <summary>As the log leaves it.</summary>
    BusinessProfile Profile { get; }

    long Events { get; }

    /// <summary>
    /// Makes it the log of its target, all of it in one transaction, or nothing; done before, it does nothing. Nothing follows from imported
    /// events but views. Errors: log_not_empty (409).
    /// </summary>
    /// <returns>The position at which the log ends.</returns>
    Task<long> Move(CancellationToken cancellationToken);
}
