namespace Mainstreet.Domain.Exports;

public enum ExportFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header.</summary>
    Csv,
}

public enum ExportStatus
{
    Running,
    Completed,
    Canceled,

    /// <summary>The file is gone: its time was over, or somebody in it was erased.</summary>
    Expired,
}

/// <summary>A list of the business as a file. Running -> completed | canceled; completed -> expired. Requirements 11.16, row 36.</summary>
/// <param name="Personal">Whether people are in it.</param>
public sealed record Export(ExportId Id, string List, ExportFormat Format, bool Personal, ExportStatus Status) : IAggregate<Export, ExportEvent>
{
    /// <summary>How long a file is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <param name="id">Of the export.</param>
    /// <param name="list">What is exported, such as orders.</param>
    /// <param name="format">Of the file.</param>
    /// <param name="personal">Whether people are in it.</param>
    /// <param name="now">When.</param>
    public static ExportEvent[] Request(ExportId id, string list, ExportFormat format, bool personal, DateTimeOffset now) =>
        [new ExportRequested(id, list, format, personal, now)];

    /// <summary>The file is whole. Nothing for one that is not wanted any more.</summary>
    /// <param name="file">What was written.</param>
    /// <param name="now">When.</param>
    public ExportEvent[] Complete(ExportedFile file, DateTimeOffset now) =>
        Status is ExportStatus.Running ? [new ExportCompleted(Id, List, Format, file, now + KeptFor, now)] : [];

    public ExportEvent[] Cancel(DateTimeOffset now) => Status switch
    {
        ExportStatus.Running => [new ExportCanceled(Id, now)],
        ExportStatus.Canceled => [],
        _ => throw new DomainException(ExportErrors.Ended),
    };

    /// <summary>The file is to be removed, whatever became of it so far.</summary>
    public ExportEvent[] Expire(DateTimeOffset now) => Status is ExportStatus.Expired or ExportStatus.Canceled ? [] : [new ExportExpired(Id, now)];

    public static Export Evolve(Export? export, ExportEvent e) => (export, e) switch
    {
        (null, ExportRequested requested) => new(requested.ExportId, requested.List, requested.Format, requested.Personal, ExportStatus.Running),
        ({ }, ExportCompleted) => export with { Status = ExportStatus.Completed },
        ({ }, ExportCanceled) => export with { Status = ExportStatus.Canceled },
        ({ }, ExportExpired) => export with { Status = ExportStatus.Expired },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(export is null ? "an empty stream" : "an export")}."),
    };
}

/// <param name="Rows">Without the header.</param>
/// <param name="Bytes">Of the file as it is downloaded, not compressed.</param>
/// <param name="Sha256">Of the same bytes, in lower-case hex.</param>
public sealed record ExportedFile(long Rows, long Bytes, string Sha256);
