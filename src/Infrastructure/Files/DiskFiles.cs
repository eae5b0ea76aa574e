using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Files;

/// <inheritdoc />
internal sealed class DiskFiles(IOptions<PublicFileOptions> options, DataFolder data) : IFileStore
{
    private readonly string root = Path.GetFullPath(options.Value.Directory ?? "files", data.Path);

    /// <summary>Written beside, flushed to the disk and then moved: nobody ever reads half of it, not even after a power cut.</summary>
    public async Task Put(FileKey key, byte[] content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var written = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(written, path, overwrite: true);
        }
        finally
        {
            File.Delete(written); // is there only when it was not moved
        }
    }

    public Task<Stream?> Open(FileKey key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task Remove(FileKey key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public Task RemoveAll(TenantId tenant, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, tenant.ToString());
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    private string PathOf(FileKey key) => Path.Combine(root, key.Tenant.ToString(), key.Resource, key.Name);
}
