using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

/// <summary>Of goods that went from one location to another.</summary>
[JsonConverter(typeof(IdJsonConverter<TransferId>))]
public readonly record struct TransferId(Guid Value) : IId<TransferId>
{
    public static TransferId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
