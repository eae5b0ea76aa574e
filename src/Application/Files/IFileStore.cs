using Mainstreet.Domain;

namespace Mainstreet.Application.Files;

/// <summary>Where bytes of public files are: a disk, or a service with the interface of S3. A service that cannot be reached is an <see cref="UnavailableException"/>.</summary>
public interface IFileStore
{
    /// <summary>The whole file or nothing; kept again it stays what it is.</summary>
    Task Put(FileKey key, byte[] content, CancellationToken cancellationToken);

    /// <summary>Null: there is none, or not any more. Whoever asks disposes of it.</summary>
    Task<Stream?> Open(FileKey key, CancellationToken cancellationToken);

    /// <summary>What is not there is no error.</summary>
    Task Remove(FileKey key, CancellationToken cancellationToken);

    /// <summary>Everything of one tenant.</summary>
    Task RemoveAll(TenantId tenant, CancellationToken cancellationToken);
}
