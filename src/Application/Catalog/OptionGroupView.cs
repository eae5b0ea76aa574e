using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>One row per option group.</summary>
/// <param name="NameKey">As lists are ordered by it, without regard to case and accents.</param>
public sealed record OptionGroupView(
    [property: Key] OptionGroupId Id,
    string Name,
    [property: NotShown] string NameKey,
    int MinSelections,
    int MaxSelections,
    OptionChoice[] Choices,
    bool Archived,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    internal OptionGroup? State => Version == 0 ? null : new(Id, new(Name, MinSelections, MaxSelections, Choices), Archived);

    internal static OptionGroupView None(OptionGroupId id) => new(id, "", "", 0, 0, [], Archived: false, default, default, Version: 0);

    internal OptionGroupView After(OptionGroupEvent e, DateTimeOffset at, int version)
    {
        var group = OptionGroup.Evolve(State, e);
        var details = group.Details;
        return new(
            group.Id, details.Name, SearchText.Fold(details.Name), details.MinSelections, details.MaxSelections, details.Choices, group.Archived,
            Version == 0 ? at : CreatedAt, at, version);
    }
}

public sealed class OptionGroupsProjection : Projection<OptionGroupView>
{
    public OptionGroupsProjection() : base("option_groups", version: 1, inline: true)
    {
        Index("name_key", "id");
        Follow<OptionGroupCreated>(e => e.At);
        Follow<OptionGroupChanged>(e => e.At);
        Follow<OptionGroupChoiceAvailabilityChanged>(e => e.At);
        Follow<OptionGroupArchived>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : OptionGroupEvent => On<TEvent>(
        (_, context) => OptionGroupView.None(new(context.StreamId)),
        (view, e, context) => view.After(e, at(e), context.Version));
}
