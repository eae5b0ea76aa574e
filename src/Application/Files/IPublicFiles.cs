using Mainstreet.Domain;

namespace Mainstreet.Application.Files;

/// <summary>The files that the present tenant shows to everybody. A row of <c>public_files</c> is there before the file and goes after it, so none is forgotten.</summary>
public interface IPublicFiles
{
    /// <summary>Where everybody finds the file, as long as it is kept.</summary>
    string AddressOf(FileKey key);

    /// <summary>Errors: storage_full (422).</summary>
    /// <param name="key">Of the present tenant.</param>
    /// <param name="content">The file.</param>
    /// <param name="now">By the tenant's clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task Keep(FileKey key, byte[] content, DateTimeOffset now, CancellationToken cancellationToken);

    Task<IReadOnlyList<KeptFile>> All(CancellationToken cancellationToken);

    Task Remove(IReadOnlyCollection<FileKey> keys, CancellationToken cancellationToken);

    /// <summary>Everything of a tenant that is closed.</summary>
    Task RemoveAllOf(TenantId tenant, CancellationToken cancellationToken);
}

/// <param name="At">When it came, by the tenant's clock.</param>
public sealed record KeptFile(FileKey Key, DateTimeOffset At);
