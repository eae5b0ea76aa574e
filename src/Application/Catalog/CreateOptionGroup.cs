using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// A group of choices that products can name (CAT-11). Errors: already_exists, duplicate_choice (409); name_invalid, selections_invalid, price_invalid,
/// currency_unknown (400); currency_mismatch, choice_count, selections_unreachable, too_many_defaults (422).
/// </summary>
public sealed record CreateOptionGroup(OptionGroupId? Id, string Name, int MinSelections, int MaxSelections, IReadOnlyList<ChoiceDraft> Choices) : IRequest<OptionGroupReceipt>;

/// <summary>A choice as it is wanted. What is null stays as it is; of a new one it costs nothing, is taken once, is no proposal and can be chosen.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Price">In the business's currency.</param>
public sealed record ChoiceDraft(ChoiceId? Id, string Name, Money? Price, int? Limit, bool? Default, bool? Available);

/// <param name="ChoiceIds">In the order of the choices.</param>
public sealed record OptionGroupReceipt(OptionGroupId OptionGroupId, ChoiceId[] ChoiceIds, int Version) : Committed(Version);

internal sealed class CreateOptionGroupHandler(ILane lane, ITenantContext tenant) : IRequestHandler<CreateOptionGroup, OptionGroupReceipt>
{
    public Task<OptionGroupReceipt> Handle(CreateOptionGroup command, CancellationToken cancellationToken)
    {
        var id = command.Id ?? new OptionGroupId(Uuid.New());
        return lane.Run(
            streams => streams.Of<OptionGroup>(id.Value).Of<BusinessProfile>(tenant.Tenant.Value),
            (log, now) =>
            {
                if (log.Find<OptionGroup>(id.Value) is not null)
                {
                    throw new DomainException(DomainError.AlreadyExists("option group"));
                }

                var choices = log.Choices(tenant.Tenant, command.Choices, []);
                log.Append<OptionGroup, OptionGroupEvent>(id.Value, OptionGroup.Create(id, new(command.Name, command.MinSelections, command.MaxSelections, choices), now));
                return new OptionGroupReceipt(id, [.. choices.Select(choice => choice.Id)], log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>What decisions on option groups check beyond the group itself.</summary>
internal static class OptionGroupLane
{
    /// <summary>Errors: currency_mismatch (422).</summary>
    /// <param name="log">With the business's profile.</param>
    /// <param name="business">Whose.</param>
    /// <param name="wanted">As they are to be.</param>
    /// <param name="present">As they are.</param>
    public static OptionChoice[] Choices(this ILaneLog log, TenantId business, IReadOnlyList<ChoiceDraft> wanted, OptionChoice[] present)
    {
        var currency = log.Get<BusinessProfile>(business.Value).Settings.Currency;
        return
        [
            .. wanted.Select((choice, i) =>
            {
                Check.That(choice.Price is null || choice.Price.Value.Currency == currency, CatalogErrors.OtherCurrency(currency) with { Place = $"/choices/{i}/price/currency" });
                var known = Array.Find(present, one => one.Id == choice.Id);
                return new OptionChoice(
                    choice.Id ?? new ChoiceId(Uuid.New()), choice.Name, choice.Price ?? known?.Price ?? Money.Zero(currency), choice.Limit ?? known?.Limit ?? 1,
                    choice.Default ?? known?.Default ?? false, choice.Available ?? known?.Available ?? true);
            }),
        ];
    }
}
