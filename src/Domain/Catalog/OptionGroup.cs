namespace Mainstreet.Domain.Catalog;

/// <summary>
/// What is chosen with a product, such as toppings or how it is done: a stream of its own, so that many products name it (CAT-11). Once archived it is
/// asked for no more and stays so. Choices take nothing from stock.
/// </summary>
public sealed record OptionGroup(OptionGroupId Id, OptionGroupDetails Details, bool Archived) : IAggregate<OptionGroup, OptionGroupEvent>, ISnapshotted
{
    public const int MaxChoices = 100;

    /// <summary>Of a group, and of one choice.</summary>
    public const int MaxSelections = 100;

    /// <summary>What is sold out every evening makes long streams, and checkouts load them.</summary>
    public static int SnapshotVersion => 1;

    /// <summary>Errors: name_invalid, selections_invalid, price_invalid, currency_unknown (400); duplicate_choice (409); choice_count, selections_unreachable, too_many_defaults (422).</summary>
    public static OptionGroupEvent[] Create(OptionGroupId id, OptionGroupDetails details, DateTimeOffset now)
    {
        Validate(details);
        return [new OptionGroupCreated(id, details, now)];
    }

    /// <summary>Errors: illegal_transition (409) once it is archived, and those of <see cref="Create"/>.</summary>
    public OptionGroupEvent[] Change(OptionGroupDetails details, DateTimeOffset now)
    {
        RefuseWhenArchived("change");
        Validate(details);
        return details.SameAs(Details) ? [] : [new OptionGroupChanged(Id, details, now)];
    }

    /// <summary>A choice is sold out, or there again. Errors: not_found (404), illegal_transition (409) once the group is archived.</summary>
    public OptionGroupEvent[] SetAvailability(ChoiceId choice, bool available, DateTimeOffset now)
    {
        RefuseWhenArchived("set_availability");
        var present = Find(choice) ?? throw new DomainException(CatalogErrors.ChoiceNotFound);
        return present.Available == available ? [] : [new OptionGroupChoiceAvailabilityChanged(Id, choice, available, now)];
    }

    public OptionGroupEvent[] Archive(DateTimeOffset now) => Archived ? [] : [new OptionGroupArchived(Id, now)];

    public OptionChoice? Find(ChoiceId choice) => Array.Find(Details.Choices, present => present.Id == choice);

    public static OptionGroup Evolve(OptionGroup? group, OptionGroupEvent e) => (group, e) switch
    {
        (null, OptionGroupCreated created) => new(created.OptionGroupId, created.Details, Archived: false),
        ({ }, OptionGroupChanged changed) => group with { Details = changed.Details },
        ({ }, OptionGroupChoiceAvailabilityChanged changed) => group with { Details = group.Details.With(changed.ChoiceId, changed.Available) },
        ({ }, OptionGroupArchived) => group with { Archived = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(group is null ? "an empty stream" : group.Details.Name)}."),
    };

    private static void Validate(OptionGroupDetails details)
    {
        var choices = details.Choices;
        Check.That(Check.IsText(details.Name, 200) && choices.All(choice => Check.IsText(choice.Name, 200)), CatalogErrors.NameInvalid);
        Check.That(
            details.MinSelections >= 0 && details.MaxSelections is >= 1 and <= MaxSelections && details.MinSelections <= details.MaxSelections
            && choices.All(choice => choice.Limit is >= 1 and <= MaxSelections),
            CatalogErrors.SelectionsInvalid);
        Check.That(choices.Length is >= 1 and <= MaxChoices, CatalogErrors.ChoiceCount);
        foreach (var price in choices.Select(choice => choice.Price))
        {
            Check.That(price.Amount is >= 0 and <= Product.MaxPrice, CatalogErrors.PriceInvalid);
            Check.That(Currencies.IsKnown(price.Currency), Currencies.Unknown(price.Currency));
        }

        Check.That(
            choices.DistinctBy(choice => choice.Id).Count() == choices.Length && choices.DistinctBy(choice => choice.Name, StringComparer.Ordinal).Count() == choices.Length,
            CatalogErrors.DuplicateChoice);
        Check.That(choices.Sum(choice => choice.Limit) >= details.MinSelections, CatalogErrors.SelectionsUnreachable);
        Check.That(choices.Count(choice => choice.Default) <= details.MaxSelections, CatalogErrors.TooManyDefaults);
    }

    private void RefuseWhenArchived(string step)
    {
        if (Archived)
        {
            throw new DomainException(DomainError.IllegalTransition("The option group", "archived", step));
        }
    }
}

/// <param name="MinSelections">How many are to be chosen at least, counted over all choices.</param>
/// <param name="MaxSelections">And at most.</param>
/// <param name="Choices">In the order in which they are shown.</param>
public sealed record OptionGroupDetails(string Name, int MinSelections, int MaxSelections, OptionChoice[] Choices)
{
    public bool SameAs(OptionGroupDetails other) => Choices.SequenceEqual(other.Choices) && this with { Choices = other.Choices } == other;

    internal OptionGroupDetails With(ChoiceId id, bool available) =>
        this with { Choices = [.. Choices.Select(choice => choice.Id == id ? choice with { Available = available } : choice)] };
}

/// <param name="Price">Of one, on top of what the variant costs.</param>
/// <param name="Limit">How often it may be taken.</param>
/// <param name="Default">Chosen unless the customer says otherwise: a proposal, which the product does not add by itself.</param>
/// <param name="Available">False: sold out.</param>
public sealed record OptionChoice(ChoiceId Id, string Name, Money Price, int Limit = 1, bool Default = false, bool Available = true);
