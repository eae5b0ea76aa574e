using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Catalog;

public abstract record OptionGroupEvent : IEvent;

[EventType("option_group.created.v1", Description = "There is a new group of choices, such as toppings, that products can name.")]
public sealed record OptionGroupCreated(OptionGroupId OptionGroupId, OptionGroupDetails Details, DateTimeOffset At) : OptionGroupEvent;

/// <param name="Details">All of it from now on.</param>
[EventType("option_group.changed.v1", Description = "A group of choices changed: its name, how many are chosen of it, or its choices. What was ordered keeps what was chosen.")]
public sealed record OptionGroupChanged(OptionGroupId OptionGroupId, OptionGroupDetails Details, DateTimeOffset At) : OptionGroupEvent;

[EventType("option_group.choice_availability_changed.v1", Description = "A choice is sold out, or can be chosen again.")]
public sealed record OptionGroupChoiceAvailabilityChanged(OptionGroupId OptionGroupId, ChoiceId ChoiceId, bool Available, DateTimeOffset At) : OptionGroupEvent;

[EventType("option_group.archived.v1", Description = "A group of choices was put away: no product offers it any more.")]
public sealed record OptionGroupArchived(OptionGroupId OptionGroupId, DateTimeOffset At) : OptionGroupEvent;

[JsonSerializable(typeof(OptionGroup))]
[JsonSerializable(typeof(OptionGroupCreated))]
[JsonSerializable(typeof(OptionGroupChanged))]
[JsonSerializable(typeof(OptionGroupChoiceAvailabilityChanged))]
[JsonSerializable(typeof(OptionGroupArchived))]
internal sealed partial class OptionGroupJson : JsonSerializerContext;
