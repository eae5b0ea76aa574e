namespace Mainstreet.Application.Drivers;

/// <summary>The files of documents in the present tenant, which nobody reads without the master key. An erasure of their subject removes them.</summary>
public interface IDocumentFiles
{
    /// <summary>Kept again, a file stays as it was.</summary>
    /// <param name="id">Of the document.</param>
    /// <param name="subject">Whose personal data it is.</param>
    /// <param name="content">The file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task Keep(Guid id, Guid subject, byte[] content, CancellationToken cancellationToken);

    Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Null: there is none any more.</summary>
    Task<byte[]?> Find(Guid id, CancellationToken cancellationToken);
}
