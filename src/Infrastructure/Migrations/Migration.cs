using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mainstreet.Infrastructure.Migrations;

/// <summary>One numbered SQL file, such as 0001_core.sql.</summary>
internal sealed partial record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "migrations/";

    /// <summary>Of the text with its placeholders, so a changed password is no changed file. A checkout with CRLF is the same file.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Number:0000}_{Name}.sql");

    /// <summary>The product's own migrations, in order.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => Parse(n[Folder.Length..], Read(assembly, n)))
            .OrderBy(m => m.Number)];
    }

    /// <exception cref="MigrationException">The file name is not a number of four digits, an underscore and a name.</exception>
    public static Migration Parse(string fileName, string sql)
    {
        var match = FileNamePattern().Match(fileName);
        return match.Success
            ? new(int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["name"].Value, sql)
            : throw new MigrationException($"{fileName}: a migration's file is named like 0001_core.sql.");
    }

    /// <summary>The SQL with every ${name} replaced by its value.</summary>
    /// <exception cref="MigrationException">A placeholder has no value.</exception>
    public string Render(IReadOnlyDictionary<string, string> variables) => Placeholder().Replace(Sql, match =>
        variables.TryGetValue(match.Groups["name"].Value, out var value)
            ? value
            : throw new MigrationException($"{FileName}: there is no value for {match.Value}."));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(?<number>\d{4})_(?<name>[a-z0-9_]+)\.sql$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileNamePattern();

    [GeneratedRegex(@"\$\{(?<name>[a-z0-9_]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}

/// <summary>The database cannot be brought to this program's schema. The message says why.</summary>
internal sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
