using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>A till that could not ask: what it sold is sold, at its prices (POS-05).</summary>
internal sealed record OfflineTill(string DeviceId, DateTimeOffset OccurredAt)
{
    /// <summary>To the microsecond, which is what rows keep of a time.</summary>
    public static OfflineTill At(string deviceId, DateTimeOffset at) => new(deviceId, new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));
}

/// <summary>
/// Rings sales up in the lane: the catalogue's prices, taxes as those of orders, the goods, the number and the session's books in one
/// commit. A sale that is refused has appended nothing.
/// </summary>
/// <param name="mayOverride">Whoever rings up may sell at other prices.</param>
internal sealed class TillDecision(ILaneLog log, TillFacts facts, BusinessSettings settings, bool mayOverride, DateTimeOffset now)
{
    private readonly Func<OptionGroupId, OptionGroup?> loaded = log.LoadedGroups();

    public Sale RingUp(SaleId id, TillSale sale, OfflineTill? offline)
    {
        Check.That(facts.Knows(sale.SessionId), TillErrors.SessionUnknown);
        Check.That(sale.CustomerId is not { } customer || facts.Knows(customer), TillErrors.CustomerUnknown);
        var session = log.Get<RegisterSession>(sale.SessionId.Value);
        session.CheckOpen();
        sale.CheckCurrency(settings.Currency);
        CheckOverride("/discount_reason", sale.Discount is { Amount: > 0 }, sale.DiscountReason, offline);

        var differences = new SortedSet<OfflineDifference>();
        var items = sale.Lines.Select((line, i) => Item(line, i, offline, differences)).ToArray();
        var lines = SaleLine.Priced(items, sale.Discount ?? Money.Zero(settings.Currency));
        var totals = SaleTotals.Of(lines, settings.PricesIncludeTax);
        if (sale.ExpectedTotal is { } expected && expected != totals.Total)
        {
            Check.That(offline is not null, TillErrors.PriceChanged(totals));
            differences.Add(OfflineDifference.Total);
        }

        var (number, take) = log.NextReceipt(log.Get<Register>(session.RegisterId.Value), now);
        var rungUp = Sale.RingUp(
            new(
                id, sale.ClientId, number, session, sale.Channel, facts.Present(sale.CustomerId), lines, totals, sale.Payments, sale.PayLater,
                Timezones.DayOf(offline?.OccurredAt ?? now, settings.Timezone), sale.DiscountReason, sale.Note,
                offline is null ? null : new(offline.DeviceId, offline.OccurredAt, [.. differences])),
            now);
        log.AppendSale(id, session, settings.PricesIncludeTax, rungUp, now);
        take();
        return log.Get<Sale>(id.Value);
    }

    private SaleItem Item(TillLine line, int index, OfflineTill? offline, SortedSet<OfflineDifference> differences)
    {
        var product = facts.ProductOf(line.VariantId) is { } owner ? log.Find<Product>(owner.Value) : null;
        var variant = product?.Find(line.VariantId);
        if (product is null || variant is null || (offline is null && product.Status == ProductStatus.Archived))
        {
            throw new DomainException(TillErrors.NotAvailable(index));
        }

        var (choices, asked) = Chosen(line, index, product, variant, offline, differences);
        Check.That(asked.Amount <= Money.MaxAmount, PosErrors.AmountOutOfRange with { Place = $"/lines/{index}/choices" });
        var price = line.UnitPrice ?? asked;
        var rate = TaxTable.RateOf(log.Find<TaxTable>(TaxTable.Stream), product, variant, settings.TaxRatePercent);
        CheckOverride($"/lines/{index}/reason", price != asked || line.Discount is { Amount: > 0 }, line.Reason, offline);
        Note(OfflineDifference.Price, price != asked);
        Note(OfflineDifference.Tax, line.TaxRatePercent is { } told && told != rate);
        Note(OfflineDifference.NotOffered, product.Status == ProductStatus.Archived);
        return new(
            product.Id, variant.Id, product.Details.Name, product.Variants.Length > 1 ? variant.Details.Name : null, line.Quantity, price,
            price == asked ? null : asked, line.Discount ?? Money.Zero(settings.Currency),
            new(offline is null ? rate : line.TaxRatePercent ?? rate, settings.PricesIncludeTax), line.Reason, choices);

        void Note(OfflineDifference difference, bool differs)
        {
            if (differs)
            {
                differences.Add(difference);
            }
        }
    }

    /// <summary>What is chosen with a line, and what the catalogue asks for one with it. A till that was offline keeps its words and prices. Errors: choices_invalid (422).</summary>
    private (LineChoice[]? Choices, Money Asked) Chosen(
        TillLine line, int index, Product product, Variant variant, OfflineTill? offline, SortedSet<OfflineDifference> differences)
    {
        var named = offline is null ? product.OptionGroups : [.. product.OptionGroups.Where(group => loaded(group) is not null)]; // one that came meanwhile stops no sale that was made
        var menu = OptionMenu.Of(named, OfferedGroups.OrMoved(loaded));
        var selection = menu.Choose([.. line.Choices.Select(choice => new ChosenOption(choice.ChoiceId, choice.Quantity))]);
        if (offline is null)
        {
            Check.That(selection.Faults is [], CatalogErrors.ChoicesInvalid(selection.Faults.Select(fault => fault with { Place = $"/lines/{index}{fault.Place}" })));
            return (selection.Choices, LineChoice.Added(variant.Price, selection.Choices));
        }

        var chosen = line.Choices.Select(choice => (Told: Told(choice, menu), Known: menu.Find(choice.ChoiceId))).ToArray();
        if (selection.Faults is not [] || chosen.Any(choice => choice.Known is not var (group, known) || (group.Details.Name, known.Name, known.Price) != (choice.Told.Group, choice.Told.Name, choice.Told.Price)))
        {
            differences.Add(OfflineDifference.Choices);
        }

        return (
            chosen is [] ? null : [.. chosen.Select(choice => choice.Told)],
            LineChoice.Added(variant.Price, chosen.Select(choice => choice.Told with { Price = choice.Known?.Choice.Price ?? choice.Told.Price })));
    }

    private static LineChoice Told(TillChoice choice, OptionMenu menu)
    {
        var known = menu.Find(choice.ChoiceId);
        return new(known?.Choice.Id, known?.Group.Id, choice.Told!.Group, choice.Told.Name, choice.Quantity, choice.Told.Price);
    }

    /// <summary>What was sold offline is sold; in what it differs is noted with it.</summary>
    private void CheckOverride(string place, bool overrides, string? reason, OfflineTill? offline)
    {
        if (overrides && offline is null)
        {
            Check.That(mayOverride, TillErrors.OverrideNotAllowed(place));
            Check.That(Check.IsText(reason, PosErrors.MaxReason), TillErrors.ReasonRequired(place));
        }
    }
}
