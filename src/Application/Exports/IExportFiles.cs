using Mainstreet.Domain;
using Mainstreet.Domain.Exports;

namespace Mainstreet.Application.Exports;

/// <summary>The files of exports in the present tenant.</summary>
public interface IExportFiles
{
    /// <summary>
    /// Reads the list as it stands at one moment and writes it from the beginning; what an earlier run had written is gone.
    /// </summary>
    /// <param name="id">Of the export.</param>
    /// <param name="list">What is read.</param>
    /// <param name="format">What is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null: the file was removed meanwhile, or another run writes it.</returns>
    Task<ExportedFile?> Write(ExportId id, ExportedList list, ExportFormat format, CancellationToken cancellationToken);

    /// <summary>How far a file is; null where nothing has begun.</summary>
    Task<ExportProgress?> Progress(ExportId id, CancellationToken cancellationToken);

    /// <summary>The file in pieces.</summary>
    IAsyncEnumerable<byte[]> Read(ExportId id, CancellationToken cancellationToken);

    Task Remove(ExportId id, CancellationToken cancellationToken);
}

/// <param name="Done">Rows written.</param>
/// <param name="Total">Rows there were when it began.</param>
public sealed record ExportProgress(long Done, long Total);
