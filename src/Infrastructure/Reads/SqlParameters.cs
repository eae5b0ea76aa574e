using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Mainstreet.Infrastructure.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>Members of an anonymous object as SQL parameters: OwnerId becomes @owner_id; ids, enums and dates as columns hold them.</summary>
internal static class SqlParameters
{
    private static readonly ConcurrentDictionary<Type, (string Name, PropertyInfo Property, ColumnType? Type)[]> Members = new();

    public static void AddTo(NpgsqlParameterCollection parameters, object? values)
    {
        if (values is null)
        {
            return;
        }

        foreach (var (name, property, type) in Members.GetOrAdd(values.GetType(), Describe))
        {
            var value = property.GetValue(values);
            parameters.Add(type is null
                ? new NpgsqlParameter(name, value ?? DBNull.Value)
                : new NpgsqlParameter(name, value is null ? DBNull.Value : type.ToColumn(value)) { NpgsqlDbType = type.Db });
        }
    }

    private static (string, PropertyInfo, ColumnType?)[] Describe(Type type) =>
    [
        .. type.GetProperties().Select(property => (
            JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property, property.PropertyType.IsArray ? null : Scalar(property.PropertyType))),
    ];

    private static ColumnType? Scalar(Type type) => ColumnType.Of(type) is { Db: not NpgsqlDbType.Jsonb } column ? column : null;
}
