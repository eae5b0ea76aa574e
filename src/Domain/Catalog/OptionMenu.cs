namespace Mainstreet.Domain.Catalog;

/// <summary>What somebody chooses with one of a product.</summary>
/// <param name="Quantity">How often, with each one.</param>
public sealed record ChosenOption(ChoiceId ChoiceId, int Quantity)
{
    /// <summary>Of one line.</summary>
    public const int Max = 100;

    /// <summary>The same, however they are sorted.</summary>
    public static bool AreAlike(IReadOnlyCollection<ChosenOption>? these, IReadOnlyCollection<ChosenOption>? those) =>
        (these ?? []).OrderBy(chosen => chosen.ChoiceId.Value).SequenceEqual((those ?? []).OrderBy(chosen => chosen.ChoiceId.Value));
}

/// <summary>What was chosen with a line of an order or a sale, as it was named and priced at that time (ORD-04).</summary>
/// <param name="ChoiceId">Null, as the group's: a till that was offline sold a choice that the product has not.</param>
/// <param name="Quantity">With each one of the line.</param>
/// <param name="Price">Of one, and already in the line's unit price.</param>
public sealed record LineChoice(ChoiceId? ChoiceId, OptionGroupId? GroupId, string Group, string Name, int Quantity, Money Price)
{
    /// <summary>What one costs with all that is chosen.</summary>
    public static Money Added(Money price, IEnumerable<LineChoice>? choices) =>
        (choices ?? []).Aggregate(price, (sum, choice) => sum + (choice.Price * choice.Quantity));
}

/// <param name="Place">Within the line, a JSON pointer.</param>
/// <param name="Choice">Null: what is chosen is too little or too much of a group.</param>
public sealed record ChoiceFault(string Place, string Code, string Message, ChoiceId? Choice = null);

/// <param name="Choices">In the order of groups and choices, without those that are faulty; null: nothing is chosen.</param>
/// <param name="Faults">Why it cannot be ordered like that.</param>
public sealed record Selection(LineChoice[]? Choices, ChoiceFault[] Faults);

/// <summary>The groups from which whoever buys a product chooses, in the product's order; archived ones are not asked for.</summary>
public sealed class OptionMenu
{
    public static readonly OptionMenu Empty = new([]);

    private static readonly Selection nothing = new(null, []);

    private readonly OptionGroup[] groups;

    private OptionMenu(OptionGroup[] groups) => this.groups = groups;

    public IReadOnlyList<OptionGroup> Groups => groups;

    /// <param name="named">By the product.</param>
    /// <param name="find">Any of them.</param>
    public static OptionMenu Of(OptionGroupId[] named, Func<OptionGroupId, OptionGroup> find) =>
        named is [] ? Empty : new([.. named.Select(find).Where(group => !group.Archived)]);

    /// <summary>Whether a choice of the group has the id of another one's: a line could not say which of them it means.</summary>
    public static bool Share(OptionGroup group, IEnumerable<OptionGroup> others) => others.Any(other => other.Id != group.Id && group.Details.Choices.Any(choice => other.Find(choice.Id) is not null));

    /// <summary>The choice, and the first group that has it.</summary>
    public (OptionGroup Group, OptionChoice Choice)? Find(ChoiceId id)
    {
        foreach (var group in groups)
        {
            if (group.Find(id) is { } choice)
            {
                return (group, choice);
            }
        }

        return null;
    }

    /// <summary>
    /// What is chosen, and what speaks against it: choice_unknown, choice_not_available, choice_repeated, choice_limit_exceeded, too_few_choices, too_many_choices.
    /// </summary>
    public Selection Choose(IReadOnlyList<ChosenOption> wanted)
    {
        if (groups.Length == 0 && wanted.Count == 0)
        {
            return nothing;
        }

        var found = wanted.Select(chosen => (Chosen: chosen, At: Find(chosen.ChoiceId))).ToArray();
        var faults = found.Select((chosen, i) => Fault(chosen.Chosen, chosen.At, i, wanted)).ToArray();
        LineChoice[] choices =
        [
            .. found.Where((_, i) => faults[i] is null)
                .OrderBy(chosen => Array.IndexOf(groups, chosen.At!.Value.Group)).ThenBy(chosen => Array.IndexOf(chosen.At!.Value.Group.Details.Choices, chosen.At!.Value.Choice))
                .Select(chosen => Line(chosen.Chosen, chosen.At!.Value.Group, chosen.At!.Value.Choice)),
        ];
        return new(choices is [] ? null : choices, [.. faults.OfType<ChoiceFault>(), .. groups.Select(group => Count(group, found)).OfType<ChoiceFault>()]);
    }

    private static LineChoice Line(ChosenOption chosen, OptionGroup group, OptionChoice choice) =>
        new(choice.Id, group.Id, group.Details.Name, choice.Name, chosen.Quantity, choice.Price);

    private static ChoiceFault? Fault(ChosenOption chosen, (OptionGroup Group, OptionChoice Choice)? at, int index, IReadOnlyList<ChosenOption> wanted)
    {
        var place = $"/choices/{index}";
        return at switch
        {
            null => new($"{place}/choice_id", "choice_unknown", "The product has no such choice.", chosen.ChoiceId),
            _ when wanted.Take(index).Any(earlier => earlier.ChoiceId == chosen.ChoiceId) =>
                new($"{place}/choice_id", "choice_repeated", "A choice is named once, with how often it is taken.", chosen.ChoiceId),
            { Choice: { Available: false } choice } => new($"{place}/choice_id", "choice_not_available", $"{choice.Name} is not available.", chosen.ChoiceId),
            { Choice: var choice } when chosen.Quantity < 1 || chosen.Quantity > choice.Limit =>
                new($"{place}/quantity", "choice_limit_exceeded", $"{choice.Name} is taken 1 to {choice.Limit} times.", chosen.ChoiceId),
            _ => null,
        };
    }

    private static ChoiceFault? Count(OptionGroup group, (ChosenOption Chosen, (OptionGroup Group, OptionChoice Choice)? At)[] found)
    {
        var (details, count) = (group.Details, found.Where(chosen => chosen.At?.Group == group).Sum(chosen => (long)chosen.Chosen.Quantity));
        return count < details.MinSelections ? new("/choices", "too_few_choices", $"{details.Name}: at least {details.MinSelections} of its choices, {count} are taken.")
            : count > details.MaxSelections ? new("/choices", "too_many_choices", $"{details.Name}: at most {details.MaxSelections} of its choices, {count} are taken.")
            : null;
    }
}
