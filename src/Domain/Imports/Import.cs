namespace Mainstreet.Domain.Imports;

public enum ImportFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header; separated by commas, semicolons or tabs.</summary>
    Csv,
}

public enum ImportState
{
    AwaitingFile,
    Running,
    Completed,
    Canceled,

    /// <summary>Its time is over: what was wrong with its rows is not kept any longer.</summary>
    Expired,
}

/// <summary>
/// A file that becomes rows of a list, part by part. Awaiting its file -> running -> completed -> expired; canceled until it is completed.
/// Requirements 11.16, row 36.
/// </summary>
/// <param name="DryRun">Every row is decided and none is kept.</param>
/// <param name="File">Null until it came.</param>
/// <param name="Parts">Of the file that are done.</param>
public sealed record Import(ImportId Id, string List, ImportFormat Format, bool DryRun, ImportState Status, ImportedFile? File, int Parts, ImportCounts Counts)
    : IAggregate<Import, ImportEvent>
{
    /// <summary>How long an import has, and is to be seen whole.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public static ImportEvent[] Request(ImportId id, string list, ImportFormat format, bool dryRun, DateTimeOffset now) =>
        [new ImportRequested(id, list, format, dryRun, now + KeptFor, now)];

    /// <summary>The file is there. The same file again says nothing new.</summary>
    public ImportEvent[] Start(ImportedFile file, DateTimeOffset now) => Status switch
    {
        ImportState.AwaitingFile => [new ImportStarted(Id, file, now)],
        ImportState.Running or ImportState.Completed when File!.Sha256 == file.Sha256 => [],
        ImportState.Running => throw new DomainException(ImportErrors.HasFile),
        _ => throw new DomainException(ImportErrors.Ended),
    };

    /// <summary>One part of the file is done; the last one completes the import. Nothing for a part that was done before, or is not wanted any more.</summary>
    /// <param name="part">From 0.</param>
    /// <param name="counts">Of this part.</param>
    /// <param name="now">When.</param>
    public ImportEvent[] Advance(int part, ImportCounts counts, DateTimeOffset now)
    {
        if (Status is not ImportState.Running || part != Parts)
        {
            return [];
        }

        var total = Counts + counts;
        var advanced = new ImportAdvanced(Id, part + 1, total, now);
        return part + 1 == File!.Parts ? [advanced, new ImportCompleted(Id, List, Format, DryRun, File.Sha256, total, now)] : [advanced];
    }

    public ImportEvent[] Cancel(DateTimeOffset now) => Status switch
    {
        ImportState.AwaitingFile or ImportState.Running => [new ImportCanceled(Id, now)],
        ImportState.Canceled => [],
        _ => throw new DomainException(ImportErrors.Ended),
    };

    /// <summary>Nothing is kept of its rows any longer, whatever became of it so far.</summary>
    public ImportEvent[] Expire(DateTimeOffset now) => Status is ImportState.Expired ? [] : [new ImportExpired(Id, now)];

    public static Import Evolve(Import? import, ImportEvent e) => (import, e) switch
    {
        (null, ImportRequested requested) => new(requested.ImportId, requested.List, requested.Format, requested.DryRun, ImportState.AwaitingFile, null, 0, ImportCounts.None),
        ({ }, ImportStarted started) => import with { Status = ImportState.Running, File = started.File },
        ({ }, ImportAdvanced advanced) => import with { Parts = advanced.Parts, Counts = advanced.Counts },
        ({ }, ImportCompleted) => import with { Status = ImportState.Completed },
        ({ }, ImportCanceled) => import with { Status = ImportState.Canceled },
        ({ }, ImportExpired) => import with { Status = ImportState.Expired },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(import is null ? "an empty stream" : "an import")}."),
    };
}

/// <param name="Upload">Under which its rows are kept: of two that come at once, one is imported.</param>
/// <param name="Rows">Without the header and blank lines.</param>
/// <param name="Parts">In which its rows are kept and taken.</param>
/// <param name="Bytes">As they came.</param>
/// <param name="Sha256">Of the same bytes, in lower-case hex.</param>
public sealed record ImportedFile(Guid Upload, int Rows, int Parts, long Bytes, string Sha256);

/// <summary>What became of rows.</summary>
/// <param name="Failed">Those with an error; the others were taken all the same.</param>
public sealed record ImportCounts(int Processed, int Created, int Updated, int Unchanged, int Failed)
{
    public static readonly ImportCounts None = new(0, 0, 0, 0, 0);

    public static ImportCounts operator +(ImportCounts a, ImportCounts b) =>
        new(a.Processed + b.Processed, a.Created + b.Created, a.Updated + b.Updated, a.Unchanged + b.Unchanged, a.Failed + b.Failed);
}
