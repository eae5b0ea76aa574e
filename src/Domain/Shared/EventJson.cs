using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mainstreet.Domain;

/// <summary>
/// How events and snapshots are stored: snake_case JSON by source generation. Every feature's events file ends with a
/// <see cref="JsonSerializerContext"/> that lists its events; they are found here.
/// </summary>
public static class EventJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. typeof(EventJson).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => (IJsonTypeInfoResolver)Activator.CreateInstance(type)!)]),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
