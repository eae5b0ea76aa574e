using Mainstreet.Application.Customers;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Which of the things that sales name there are, and where: looked up before the lane is taken, so that it names no stream of another
/// sort. What they are like is looked at in the lane.
/// </summary>
internal sealed class TillFacts
{
    private readonly Dictionary<Guid, RegisterId> sessions;
    private readonly Dictionary<Guid, LocationId?> locations;
    private readonly Dictionary<Guid, ProductId> products;
    private readonly Dictionary<Guid, CustomerId> customers;
    private readonly Guid[] optionGroups;
    private readonly IReadOnlyCollection<TillSale> sales;

    private TillFacts(IReadOnlyCollection<TillSale> sales, IReadOnlyList<Fact> facts)
    {
        this.sales = sales;
        sessions = Of(facts, "session").ToDictionary(fact => fact.Id, fact => new RegisterId(fact.Of!.Value));
        locations = Of(facts, "session").ToDictionary(fact => fact.Id, fact => fact.Place);
        products = Of(facts, "variant").ToDictionary(fact => fact.Id, fact => new ProductId(fact.Of!.Value));
        customers = Of(facts, "customer").ToDictionary(fact => fact.Id, fact => new CustomerId(fact.Of!.Value));
        optionGroups = [.. Of(facts, "option_group").Select(fact => fact.Id)];
    }

    public static async Task<TillFacts> Of(IReadStore reads, IReadOnlyCollection<TillSale> sales, CancellationToken cancellationToken) => new(sales, await reads.List<Fact>(
        $"""
        select 'session' as kind, session_id as id, register_id as of, location_id as place from rm.register_sessions where session_id = any(@sessions)
        union all
        select 'variant', variant_id, product_id, null from rm.product_variants where variant_id = any(@variants)
        union all
        select distinct 'option_group', g.id::uuid, null::uuid, null::uuid
          from rm.product_variants v cross join jsonb_array_elements_text(v.option_groups) as g (id) where v.variant_id = any(@variants)
        union all
        select 'customer', c.id, {SamePerson.Present("c.id")}, null from unnest(@customers) as c (id) where {KnownCustomers.Exists}
        """,
        new
        {
            Sessions = sales.Select(sale => sale.SessionId.Value).Distinct().ToArray(),
            Variants = sales.SelectMany(sale => sale.Lines).Select(line => line.VariantId.Value).Distinct().ToArray(),
            Customers = sales.Select(sale => sale.CustomerId?.Value).OfType<Guid>().Distinct().ToArray(),
        },
        cancellationToken));

    /// <summary>The goods of variants where the tills of the sessions stand, which stay there while they are open.</summary>
    public LaneStreams AddStock(LaneStreams streams, IReadOnlyCollection<VariantId> variants)
    {
        foreach (var location in locations.Values.Distinct())
        {
            streams.OfStock(location, variants);
        }

        return streams;
    }

    /// <summary>Of steps of a sale, which have nothing to do with any but these sessions: that of the step, and that of the sale.</summary>
    public static Task<TillFacts> OfSessions(IReadStore reads, RegisterSessionId[] sessions, CancellationToken cancellationToken) =>
        Of(reads, [.. sessions.Select(session => new TillSale(null, session, default, null, [], null, null, [], PayLater: false, null, null))], cancellationToken);

    public bool Knows(RegisterSessionId session) => sessions.ContainsKey(session.Value);

    public bool Knows(CustomerId customer) => customers.ContainsKey(customer.Value);

    /// <summary>As who a customer goes on: a till that was offline may name one who was merged since.</summary>
    public CustomerId? Present(CustomerId? customer) => customer is { } named ? customers[named.Value] : null;

    public ProductId? ProductOf(VariantId variant) => products.TryGetValue(variant.Value, out var product) ? product : null;

    /// <summary>All that the sales are decided on.</summary>
    public LaneStreams AddTo(LaneStreams streams, TenantId business) => AddSold(streams)
        .Of<BusinessProfile>(business.Value)
        .Of<TaxTable>(TaxTable.Stream)
        .Of<RegisterSession>(sessions.Keys)
        .Of<Register>(sessions.Values.Select(register => register.Value))
        .Of<NumberSeries>(sessions.Values.Select(register => NumberSeries.Stream(Register.SeriesOf(register))))
        .Of<Product>(products.Values.Select(product => product.Value))
        .Of<OptionGroup>(optionGroups);

    /// <summary>Of each sale what it names, where its till stands: many tills may tell of many goods at once.</summary>
    private LaneStreams AddSold(LaneStreams streams)
    {
        foreach (var sold in sales.Where(sale => Knows(sale.SessionId)).GroupBy(sale => locations[sale.SessionId.Value]))
        {
            streams.OfStock(sold.Key, sold.SelectMany(sale => sale.Lines).Select(line => line.VariantId).Where(variant => ProductOf(variant) is not null).Distinct());
        }

        return streams;
    }

    private static IEnumerable<Fact> Of(IReadOnlyList<Fact> facts, string kind) => facts.Where(fact => fact.Kind == kind);

    private sealed record Fact(string Kind, Guid Id, Guid? Of, LocationId? Place);
}
