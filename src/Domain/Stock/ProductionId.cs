using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

/// <summary>Of goods that became others.</summary>
[JsonConverter(typeof(IdJsonConverter<ProductionId>))]
public readonly record struct ProductionId(Guid Value) : IId<ProductionId>
{
    public static ProductionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
