using System.Text.Json.Serialization;

namespace Mainstreet.Domain.OrderMessages;

/// <summary>What one side of an order's conversation wrote to another.</summary>
[JsonConverter(typeof(IdJsonConverter<OrderMessageId>))]
public readonly record struct OrderMessageId(Guid Value) : IId<OrderMessageId>
{
    public static OrderMessageId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
