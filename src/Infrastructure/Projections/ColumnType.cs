using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>How a member of a record is kept in a column, and read back from one.</summary>
/// <param name="Sql">The PostgreSQL type.</param>
/// <param name="ArrayOf">The CLR element type of a parameter array of such values.</param>
internal sealed record ColumnType(string Sql, NpgsqlDbType Db, Type ArrayOf, Func<object, object> ToColumn, Func<object, object> ToClr)
{
    public static ColumnType Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (Scalars.TryGetValue(type, out var scalar))
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            var names = Enum.GetValues(type).Cast<object>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!));
            var values = names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
            return new("text", NpgsqlDbType.Text, typeof(string), value => names[value], text => values[(string)text]);
        }

        if (type.IsId())
        {
            var value = type.GetProperty("Value")!;
            return new("uuid", NpgsqlDbType.Uuid, typeof(Guid?), id => value.GetValue(id)!, guid => Activator.CreateInstance(type, guid)!);
        }

        return new("jsonb", NpgsqlDbType.Jsonb, typeof(string),
            value => JsonSerializer.Serialize(value, type, StoredJson.Options),
            text => JsonSerializer.Deserialize((string)text, type, StoredJson.Options)!);
    }

    private static readonly Dictionary<Type, ColumnType> Scalars = new()
    {
        [typeof(string)] = Plain<string>("text", NpgsqlDbType.Text),
        [typeof(byte[])] = Plain<byte[]?>("bytea", NpgsqlDbType.Bytea),
        [typeof(Guid)] = Plain<Guid?>("uuid", NpgsqlDbType.Uuid),
        [typeof(int)] = Plain<int?>("integer", NpgsqlDbType.Integer, value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)),
        [typeof(long)] = Plain<long?>("bigint", NpgsqlDbType.Bigint, value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        [typeof(decimal)] = Plain<decimal?>("numeric", NpgsqlDbType.Numeric, value => Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)),
        [typeof(double)] = Plain<double?>("double precision", NpgsqlDbType.Double),
        [typeof(bool)] = Plain<bool?>("boolean", NpgsqlDbType.Boolean),
        [typeof(DateOnly)] = Plain<DateOnly?>("date", NpgsqlDbType.Date, value => value is DateTime time ? DateOnly.FromDateTime(time) : value),
        [typeof(TimeOnly)] = Plain<TimeOnly?>("time", NpgsqlDbType.Time, value => value is TimeSpan time ? TimeOnly.FromTimeSpan(time) : value),
        [typeof(DateTimeOffset)] = new(
            "timestamptz", NpgsqlDbType.TimestampTz, typeof(DateTimeOffset?),
            value => ((DateTimeOffset)value).ToUniversalTime(),
            value => value is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : value),
    };

    private static ColumnType Plain<TArrayOf>(string sql, NpgsqlDbType db, Func<object, object>? toClr = null) =>
        new(sql, db, typeof(TArrayOf), value => value, toClr ?? (value => value));
}
