namespace Mainstreet.Architecture.Tests;

/// <summary>One C# file of the repository. <paramref name="Path"/> is relative to its root, with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>src/Domain/Orders/Order.cs: src, Domain, Orders.</summary>
    public string[] Folders { get; } = Path.Split('/')[..^1];

    public int Lines => Text.AsSpan().Count('\n');
}

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files below <paramref name="folder"/>, build output aside.</summary>
    public static IReadOnlyList<SourceFile> Sources(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>The names of the folders directly in <paramref name="folder"/>, build output aside.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Sources(folder).Where(file => file.Folders.Length > folder.Split('/').Length).Select(file => file.Folders[folder.Split('/').Length]).Distinct(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Platform.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
