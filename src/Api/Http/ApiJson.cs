using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Api.Http;

/// <summary>
/// JSON of requests and answers: snake_case, strict about what comes in, silent about nulls going out. In a request record
/// a nullable or defaulted parameter is optional, every other one is required.
/// </summary>
internal static class ApiJson
{
    public const int MaxDepth = 32;

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = MaxDepth;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new EnumConverters());
        options.Converters.Add(new UtcTimeConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatIsNotNullable, RefuseDerivedIds } };
    }

    /// <summary>The serializer would require nullable parameters of records, and nothing at all of structs such as Money.</summary>
    private static void RequireWhatIsNotNullable(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null))
        {
            property.IsRequired = !IsNullable(property) && (property.IsRequired || type.Type.IsValueType);
        }
    }

    /// <summary>
    /// An id that a client chooses is none of those that follow from what they mean (<see cref="Uuid.Named"/>): whoever knows that could take the place
    /// before it is wanted. One that names what is there (<see cref="NamesExistingAttribute"/>) may be any.
    /// </summary>
    private static void RefuseDerivedIds(JsonTypeInfo type)
    {
        if (type.Properties.FirstOrDefault(property => property.Name == "id" && property.PropertyType == typeof(Guid?)) is { Get: { } chosen } id
            && id.AttributeProvider?.IsDefined(typeof(NamesExistingAttribute), inherit: false) is not true)
        {
            type.OnDeserialized = body =>
            {
                if (chosen(body) is Guid named && Uuid.IsNamed(named))
                {
                    throw new ReservedIdException();
                }
            };
        }
    }

    public static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable || property.IsSetNullable;

    /// <summary>Enums by their snake_case names and nothing else: no numbers, no combinations, no other spelling.</summary>
    private sealed class EnumConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class EnumConverter<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Choice<T>.TryParse(reader.GetString(), null, out var choice) ? choice.Value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Choice<T>.NameOf(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Choice<T>.TryParse(reader.GetString(), null, out var choice) ? choice.Value : throw new JsonException();

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Choice<T>.NameOf(value));
    }
}

/// <summary>The path is that of the object with the id.</summary>
internal sealed class ReservedIdException : JsonException;

/// <summary>A member <c>id</c> that does not name something new.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesExistingAttribute : Attribute;
