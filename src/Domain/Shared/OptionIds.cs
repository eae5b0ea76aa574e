using System.Text.Json.Serialization;

namespace Mainstreet.Domain;

[JsonConverter(typeof(IdJsonConverter<OptionGroupId>))]
public readonly record struct OptionGroupId(Guid Value) : IId<OptionGroupId>
{
    public static OptionGroupId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A choice of an option group.</summary>
[JsonConverter(typeof(IdJsonConverter<ChoiceId>))]
public readonly record struct ChoiceId(Guid Value) : IId<ChoiceId>
{
    public static ChoiceId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
