namespace Mainstreet.Infrastructure.Postgres;

/// <summary>
/// "I use this server": a locked file named by the process. It goes with the process, however that ends;
/// what a killed one leaves is an unlocked file, which counts for nothing. Taken and counted under the folder's lock.
/// </summary>
internal sealed class PostgresLease : IDisposable
{
    private readonly FileStream _file;

    private PostgresLease(FileStream file) => _file = file;

    public static PostgresLease Take(PostgresFolder folder) =>
        new(Open(Path.Combine(folder.Leases, $"{Environment.ProcessId}-{Guid.NewGuid():N}"), FileMode.CreateNew));

    public static bool AnyHeld(PostgresFolder folder)
    {
        foreach (var path in Directory.GetFiles(folder.Leases))
        {
            try
            {
                Open(path, FileMode.Open).Dispose();                // nobody's: closing it deletes it
            }
            catch (IOException e) when (FileLock.IsHeld(e))
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}
