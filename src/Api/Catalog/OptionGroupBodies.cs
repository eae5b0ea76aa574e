using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Api.Catalog;

/// <summary>What is chosen with each one of a product that names it.</summary>
/// <param name="MinSelections">How many are to be chosen at least, counted over all choices.</param>
/// <param name="MaxSelections">And at most.</param>
/// <param name="Choices">In display order.</param>
/// <param name="Archived">It is asked for no more.</param>
internal sealed record OptionGroupBody(
    Guid Id, string Name, int MinSelections, int MaxSelections, OptionChoiceBody[] Choices, bool Archived, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public static OptionGroupBody Of(OptionGroupView group) => new(
        group.Id.Value, group.Name, group.MinSelections, group.MaxSelections, [.. group.Choices.Select(OptionChoiceBody.Of)], group.Archived, group.CreatedAt, group.UpdatedAt,
        group.Version);
}

/// <summary>What customers choose with each one of a product.</summary>
/// <inheritdoc cref="OptionGroupBody" />
internal sealed record StorefrontOptionGroupBody(Guid Id, string Name, int MinSelections, int MaxSelections, OptionChoiceBody[] Choices)
{
    public static StorefrontOptionGroupBody Of(OptionGroup group) => new(
        group.Id.Value, group.Details.Name, group.Details.MinSelections, group.Details.MaxSelections, [.. group.Details.Choices.Select(OptionChoiceBody.Of)]);
}

/// <param name="Price">Of one, on top of the variant's.</param>
/// <param name="Limit">How often it may be taken.</param>
/// <param name="Default">A proposal: what an order does not name is not chosen.</param>
/// <param name="Available">False: sold out.</param>
internal sealed record OptionChoiceBody(Guid Id, string Name, Money Price, int Limit, bool Default, bool Available)
{
    public static OptionChoiceBody Of(OptionChoice choice) => new(choice.Id.Value, choice.Name, choice.Price, choice.Limit, choice.Default, choice.Available);
}

/// <param name="Choices">1 to 100, in display order.</param>
/// <param name="MaxSelections">How many are chosen at most, counted over all choices: 1 to 100.</param>
/// <param name="MinSelections">And at least.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record CreateOptionGroupRequest(string Name, OptionChoiceRequest[] Choices, int MaxSelections = 1, int MinSelections = 0, Guid? Id = null)
{
    public CreateOptionGroup ToCommand() => new(
        Id is { } id ? new OptionGroupId(id) : null, Name, MinSelections, MaxSelections, [.. Choices.Select(choice => choice.ToDraft())]);
}

/// <param name="Price">Of one, on top of the variant's, in the business's currency; left out: nothing.</param>
/// <param name="Limit">How often it may be taken.</param>
/// <param name="Default">Proposed to customers.</param>
/// <param name="Available">Left out: it can be chosen.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record OptionChoiceRequest(string Name, Money? Price = null, int? Limit = null, bool? Default = null, bool? Available = null, Guid? Id = null)
{
    public ChoiceDraft ToDraft() => new(Id is { } id ? new ChoiceId(id) : null, Name, Price, Limit, Default, Available);
}

/// <summary>A member that is left out stays as it is, of a choice that is there; a new one's is as when a group is created.</summary>
/// <param name="Id">Of a choice that is there; left out: it is added, and gets one.</param>
/// <inheritdoc cref="OptionChoiceRequest" />
internal sealed record ChangedChoiceRequest(
    string Name, Money? Price = null, int? Limit = null, bool? Default = null, bool? Available = null, [property: NamesExisting] Guid? Id = null)
{
    public ChoiceDraft ToDraft() => new(Id is { } id ? new ChoiceId(id) : null, Name, Price, Limit, Default, Available);
}

/// <summary>A member that is left out stays as it is.</summary>
/// <param name="Choices">All that there are from now on; one with the id of a choice that is there is that one.</param>
internal sealed record ChangeOptionGroupRequest(string? Name = null, int? MinSelections = null, int? MaxSelections = null, ChangedChoiceRequest[]? Choices = null)
{
    public ChangeOptionGroup ToCommand(OptionGroupId id, int? expectedVersion) =>
        new(id, expectedVersion, Name, MinSelections, MaxSelections, Choices is null ? null : [.. Choices.Select(choice => choice.ToDraft())]);
}

/// <param name="Available">False: sold out.</param>
internal sealed record SetChoiceAvailabilityRequest(bool Available);

/// <param name="OptionGroupIds">All of them from now on, at most 20, in display order.</param>
internal sealed record SetProductOptionGroupsRequest(Guid[] OptionGroupIds);

internal sealed record CreatedOptionGroupBody(Guid Id, string Name, CreatedChoiceBody[] Choices, int Version);

internal sealed record CreatedChoiceBody(Guid Id, string Name);
