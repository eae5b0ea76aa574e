using Mainstreet.Domain;

namespace Mainstreet.Application.Imports;

/// <summary>The rows of files that are imported in the present tenant, sealed, and what was wrong with them.</summary>
public interface IImportFiles
{
    /// <summary>Keeps rows as they are read, in parts of so many that one is a piece of work.</summary>
    /// <param name="id">Of the import.</param>
    /// <param name="upload">Tells this file from others that come at the same time.</param>
    /// <param name="rows">In the order of the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<KeptRows> Keep(ImportId id, Guid upload, IAsyncEnumerable<ImportRow> rows, CancellationToken cancellationToken);

    /// <summary>Null where it was removed meanwhile.</summary>
    Task<ImportRow[]?> Part(ImportId id, Guid upload, int part, CancellationToken cancellationToken);

    /// <summary>Those of a row that has errors already stay as they are; nothing is kept where the rows are gone.</summary>
    Task KeepErrors(ImportId id, IReadOnlyList<ImportRowError> errors, CancellationToken cancellationToken);

    /// <param name="id">Of the import.</param>
    /// <param name="after">Only those of rows behind this one.</param>
    /// <param name="most">So many, by row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<ImportRowError>> Errors(ImportId id, int after, int most, CancellationToken cancellationToken);

    /// <summary>Of one upload, or of all.</summary>
    Task RemoveRows(ImportId id, Guid? upload, CancellationToken cancellationToken);

    Task RemoveErrors(ImportId id, CancellationToken cancellationToken);
}

public sealed record KeptRows(int Rows, int Parts);

/// <summary>Why a row was not taken.</summary>
/// <param name="Row">From 1, without the header and blank lines.</param>
/// <param name="Line">Of the file on which the row begins, from 1.</param>
/// <param name="Id">Of the thing that the row means, where that is known.</param>
/// <param name="Place">The JSON pointer of the member; empty: the whole row.</param>
/// <param name="Code">Stable, snake_case.</param>
public sealed record ImportRowError(int Row, int Line, Guid? Id, string Place, string Code, string Message);
