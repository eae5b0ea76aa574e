using System.Text.Json;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>The members of one line. Whatever is wrong with them is refused with the line and the member.</summary>
internal readonly struct LineFields
{
    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false };

    private readonly JsonElement root;

    private LineFields(long line, JsonElement root) => (Line, this.root) = (line, root);

    public long Line { get; }

    /// <param name="line">An object in JSON.</param>
    /// <param name="known">Its members; others are refused.</param>
    public static LineFields Of(BodyLine line, params ReadOnlySpan<string> known)
    {
        JsonElement members;
        try
        {
            using var document = JsonDocument.Parse(line.Bytes, strict);
            members = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ArchiveErrors.Invalid(line.Number, null, "invalid_json", $"Not a JSON object. {e.Message}");
        }

        if (members.ValueKind != JsonValueKind.Object)
        {
            throw ArchiveErrors.Invalid(line.Number, null, "invalid_json", "Not a JSON object.");
        }

        foreach (var member in members.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw ArchiveErrors.Invalid(line.Number, member.Name, "unknown_field", "There is no such field.");
            }
        }

        return new(line.Number, members);
    }

    public bool Has(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public long Number(string name) => Get(name, JsonValueKind.Number).TryGetInt64(out var number) && number >= 0 ? number : throw Invalid(name, "Must be a whole number from 0 on.");

    public int Version(string name) => Number(name) is var number and > 0 and <= int.MaxValue ? (int)number : throw Invalid(name, "Must be a whole number from 1 on.");

    public Guid Id(string name) => Get(name, JsonValueKind.String).TryGetGuid(out var id) ? id : throw Invalid(name, "Must be a UUID.");

    public DateTimeOffset Time(string name) =>
        Get(name, JsonValueKind.String).TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw Invalid(name, "Must be a time of ISO 8601.");

    public string Text(string name)
    {
        try
        {
            return Get(name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            throw Invalid(name, "Must be text.");
        }
    }

    public JsonElement Object(string name) => Get(name, JsonValueKind.Object);

    public DomainException Invalid(string name, string message, string reason = "invalid") => ArchiveErrors.Invalid(Line, name, reason, message);

    private JsonElement Get(string name, JsonValueKind kind) =>
        !root.TryGetProperty(name, out var value) ? throw Invalid(name, "The field is missing.", "missing")
        : value.ValueKind == kind ? value
        : throw Invalid(name, "The value is not of the right type.");
}
