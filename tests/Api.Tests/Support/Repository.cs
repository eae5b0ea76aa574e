namespace Mainstreet.Api.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Platform.sln is in no folder above the tests.");
        }

        return Path.Combine([folder.FullName, .. parts]);
    }
}
