namespace Mainstreet.Infrastructure.Postgres;

/// <summary>Mutual exclusion between processes. The system frees the lock of a killed process.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private const int Attempts = 6000;                              // five minutes: another process may be downloading

    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e) && attempt < Attempts)
            {
                await Task.Delay(Poll, cancellationToken);
            }
        }
    }

    /// <summary>A sharing violation has no exception type of its own; every other failure of opening a file has.</summary>
    public static bool IsHeld(IOException e) => e.GetType() == typeof(IOException);
}
