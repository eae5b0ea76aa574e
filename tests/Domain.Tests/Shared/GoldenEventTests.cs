using System.Text.Json;

namespace Mainstreet.Domain.Tests;

/// <summary>
/// The stored shape of every event, in src/Domain/Golden, from where the event catalogue takes its examples. A difference
/// means that stored events would no longer be read: make a new version with an upcaster instead. For a new event, run with
/// UPDATE_GOLDEN=1 and commit the file.
/// </summary>
public class GoldenEventTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder(), "src", "Domain", "Golden");

    private static readonly JsonSerializerOptions Indented =
        new(JsonSerializerDefaults.General) { WriteIndented = true, NewLine = "\n", Encoder = EventJson.Options.Encoder };

    /// <summary>By stored name the fullest sample, since members that are null aren't stored.</summary>
    private static readonly Dictionary<string, string> Samples = SampleStreams.All
        .SelectMany(stream => stream.Events)
        .GroupBy(e => EventContractTests.Name(e.GetType()), e => JsonSerializer.Serialize(e, e.GetType(), EventJson.Options), StringComparer.Ordinal)
        .ToDictionary(stored => stored.Key, stored => stored.MaxBy(json => json.Length)!, StringComparer.Ordinal);

    public static TheoryData<string> StoredNames => [.. Samples.Keys];

    [Theory, MemberData(nameof(StoredNames))]
    public void The_stored_shape_is_the_golden_one(string name)
    {
        var file = Path.Combine(Folder, $"{name}.json");
        using var stored = JsonDocument.Parse(Samples[name]);
        var actual = JsonSerializer.Serialize(stored.RootElement, Indented) + "\n";

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, actual);
        }

        File.Exists(file).ShouldBeTrue($"{file} is missing: run with UPDATE_GOLDEN=1.");
        actual.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    /// <summary>Stored events outlive their records: the file of a removed event stays until an upcaster reads it.</summary>
    [Fact]
    public void Every_golden_file_belongs_to_an_event() =>
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).ShouldBeSubsetOf(Samples.Keys, StringComparer.Ordinal);

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
