using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Makes records from rows: each constructor parameter is a snake_case column, Money two (x_amount, x_currency), other
/// nested types jsonb. A scalar type reads the first column.
/// </summary>
internal sealed class RecordMapper
{
    private static readonly ConcurrentDictionary<Type, RecordMapper> Mappers = new();

    private readonly ConstructorInfo? constructor;
    private readonly Member[] members;

    private RecordMapper(Type type)
    {
        if (type.IsPrimitive || type == typeof(string) || type.Namespace == "System")
        {
            members = [new("", ColumnType.Of(type), IsMoney: false, Required: true)];
            return;
        }

        constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var nullability = new NullabilityInfoContext();
        members = [.. constructor.GetParameters().Select(parameter => new Member(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!),
            ColumnType.Of(parameter.ParameterType),
            (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(Money),
            nullability.Create(parameter).WriteState == NullabilityState.NotNull))];
    }

    public static RecordMapper Of(Type type) => Mappers.GetOrAdd(type, static type => new RecordMapper(type));

    /// <summary>Binds the columns of one result; the answer reads the row that the reader stands on.</summary>
    public Func<DbDataReader, object?> Bind(DbDataReader reader)
    {
        if (constructor is null)
        {
            return row => row.IsDBNull(0) ? null : members[0].Type.ToClr(row.GetValue(0));
        }

        var columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => i, StringComparer.Ordinal);
        var readers = members.Select(member => member.Reader(columns)).ToArray();
        return row => constructor.Invoke([.. readers.Select(read => read(row))]);
    }

    private sealed record Member(string Column, ColumnType Type, bool IsMoney, bool Required)
    {
        public Func<DbDataReader, object?> Reader(Dictionary<string, int> columns)
        {
            if (IsMoney)
            {
                var amount = Ordinal(columns, Column + "_amount");
                var currency = Ordinal(columns, Column + "_currency");
                return row => row.IsDBNull(amount) ? null : new Money(row.GetInt64(amount), row.GetString(currency));
            }

            var ordinal = Ordinal(columns, Column);
            return row => !row.IsDBNull(ordinal) ? Type.ToClr(row.GetValue(ordinal))
                : Required ? throw new InvalidOperationException($"The column {Column} is null.")
                : null;
        }

        private static int Ordinal(Dictionary<string, int> columns, string name) => columns.TryGetValue(name, out var ordinal)
            ? ordinal
            : throw new InvalidOperationException($"The query answers no column {name}.");
    }
}

internal static class RecordReading
{
    /// <summary>The rows of one result, to its end.</summary>
    public static async Task<List<T>> ReadAll<T>(this DbDataReader reader, CancellationToken cancellationToken)
    {
        var read = RecordMapper.Of(typeof(T)).Bind(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((T)read(reader)!);
        }

        return rows;
    }
}
