using FluentValidation;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>The business's customers (CUS-07), each person once: those who were merged are one.</summary>
/// <param name="Q">Words that all occur in names, addresses of mail or telephone numbers.</param>
/// <param name="Tag">One of the customer's, as it was written.</param>
/// <param name="Consent">On which they agreed to be written to for marketing, in an account whose address is verified, and do not refuse whatever comes.</param>
/// <param name="Kind">Null: guests and those with an account.</param>
/// <param name="NotOrderedSince">Who never ordered has not since then either.</param>
/// <param name="MinSpent">In minor units.</param>
public sealed record ListCustomers(
    string? Q, string? Tag, NotificationChannel? Consent, CustomerKind? Kind, DateTimeOffset? OrderedSince, DateTimeOffset? NotOrderedSince, int? MinOrders, long? MinSpent, CustomerOrder Order, bool Descending, PageRequest Page)
    : IRequest<Page<CustomerView>>;

public enum CustomerKind
{
    Guest,
    Registered,
}

/// <summary>What customers are listed by.</summary>
public enum CustomerOrder
{
    LastOrderAt,
    Spent,
    Name,
}

internal sealed class ListCustomersValidator : AbstractValidator<ListCustomers>
{
    public ListCustomersValidator()
    {
        RuleFor(query => query.Q).MaximumLength(CustomerWords.MaxSearchLength);
        RuleFor(query => query.Tag).MaximumLength(CustomerTag.MaxLength);
        RuleFor(query => query.MinOrders).GreaterThanOrEqualTo(0);
        RuleFor(query => query.MinSpent).GreaterThanOrEqualTo(0);
    }
}

internal sealed class ListCustomersHandler(IReadStore reads) : IRequestHandler<ListCustomers, Page<CustomerView>>
{
    public async Task<Page<CustomerView>> Handle(ListCustomers query, CancellationToken cancellationToken)
    {
        var list = $"customers\n{query.Q}\n{query.Tag}\n{query.Consent}\n{query.Kind}\n{query.OrderedSince:O}\n{query.NotOrderedSince:O}\n{query.MinOrders}\n{query.MinSpent}\n{query.Order}\n{query.Descending}";
        var after = query.Page.After(list);
        var found = await reads.List<Guid>(
            Sql(query.Order, query.Descending),
            new
            {
                Words = CustomerWords.Of(query.Q),
                query.Tag,
                query.Consent,
                Registered = query.Kind is { } kind ? kind is CustomerKind.Registered : (bool?)null,
                query.OrderedSince,
                query.NotOrderedSince,
                query.MinOrders,
                query.MinSpent,
                AfterTime = query.Order is CustomerOrder.LastOrderAt ? after?.Time(0) : null,
                AfterSpent = query.Order is CustomerOrder.Spent ? after?.Number(0) : null,
                AfterName = query.Order is CustomerOrder.Name ? after?.Text(0) : null,
                AfterId = after?.Id(1),
                query.Page.Rows,
            },
            cancellationToken);
        var entries = (await reads.List<CustomerView>(
            "select c.* from rm.customers c where c.customer_id = any(@found) or c.customer_id in (select m.customer_id from rm.merged_customers m where m.survivor_id = any(@found))",
            new { Found = found.ToArray() }, cancellationToken)).ToDictionary(entry => entry.CustomerId.Value);
        var members = (await reads.List<Member>(
            "select m.survivor_id, m.customer_id from rm.merged_customers m where m.survivor_id = any(@found)", new { Found = found.ToArray() }, cancellationToken))
            .ToLookup(member => member.SurvivorId, member => member.CustomerId);
        CustomerView[] rows =
        [
            .. from id in found
               let person = members[id].Append(id).Select(entry => entries.GetValueOrDefault(entry)).OfType<CustomerView>().ToArray()
               where person.Length > 0 // else erased between two reads
               select CustomerView.OfPerson(new(id), person),
        ];
        return query.Page.Cut(rows, list, customer => [SortValue(customer, query.Order), customer.CustomerId]);
    }

    private static object SortValue(CustomerView customer, CustomerOrder order) => order switch
    {
        CustomerOrder.LastOrderAt => customer.LastOrderAt,
        CustomerOrder.Spent => customer.Spent.Amount,
        CustomerOrder.Name => customer.NameKey,
    };

    private static string Sql(CustomerOrder order, bool descending)
    {
        var (column, after) = order switch
        {
            CustomerOrder.LastOrderAt => ("p.last_order_at", "@after_time::timestamptz"),
            CustomerOrder.Spent => ("p.spent_amount", "@after_spent::bigint"),
            CustomerOrder.Name => ("p.name_key", "@after_name::text"),
        };
        var (direction, beyond) = descending ? ("desc", "<") : ("asc", ">");
        var filters = $"""
            (@registered::boolean is null or @registered = p.registered)
               and (@ordered_since::timestamptz is null or p.last_order_at >= @ordered_since)
               and (@not_ordered_since::timestamptz is null or p.last_order_at < @not_ordered_since)
               and (@min_orders::integer is null or p.orders >= @min_orders)
               and (@min_spent::bigint is null or p.spent_amount >= @min_spent)
               and (@tag::text is null or exists (
                    select from rm.customer_records r cross join jsonb_array_elements(r.tags) as t (tag) where r.customer_id = p.customer_id and t.tag->>'text' = @tag))
               and (@consent::text is null or (p.account->>'email_verified' = 'true' and not p.refused_channels ? @consent::text
                    and (@consent::text not in ('sms', 'whatsapp') or p.account->>'phone' is not null)
                    and p.account->'consents' @> jsonb_build_array(jsonb_build_object('purpose', 'marketing', 'channel', @consent::text, 'given', true))))
               and not exists (select from unnest(@words) as w (word) where strpos(p.search_text, w.word) = 0)
               and ({after} is null or ({column}, p.customer_id) {beyond} ({after}, @after_id))
             order by {column} {direction}, p.customer_id {direction} limit @rows
            """;
        return $"""
            select p.customer_id from (
              (select p.customer_id, p.last_order_at, p.spent_amount, p.name_key
                 from (select c.customer_id, c.account is not null as registered, c.last_order_at, c.orders, c.spent_amount, c.name_key, c.account, c.refused_channels, c.search_text
                         from rm.customers c
                        where c.customer_id not in (select m.customer_id from rm.merged_customers m union all select m.survivor_id from rm.merged_customers m)) p
                where {filters})
              union all
              (select p.customer_id, p.last_order_at, p.spent_amount, p.name_key
                 from (select g.survivor_id as customer_id, bool_or(c.account is not null) as registered, max(c.last_order_at) as last_order_at, sum(c.orders) as orders,
                              sum(c.spent_amount)::bigint as spent_amount, (array_agg(c.name_key order by {CustomerView.FirstToSpeak}))[1] as name_key,
                              (array_agg(c.account) filter (where c.account is not null))[1] as account,
                              coalesce(
                                (array_agg(c.refused_channels) filter (where c.customer_id = g.survivor_id))[1],
                                (select coalesce(jsonb_agg(distinct r.channel), '[]') from unnest(array_agg(c.refused_channels)) as u (refused) cross join jsonb_array_elements(u.refused) as r (channel))) as refused_channels, string_agg(c.search_text, ' ') as search_text
                         from (select m.customer_id, m.survivor_id from rm.merged_customers m union select m.survivor_id, m.survivor_id from rm.merged_customers m) g
                         join rm.customers c on c.customer_id = g.customer_id
                        group by g.survivor_id) p
                where {filters})) p
             order by {column} {direction}, p.customer_id {direction} limit @rows
            """;
    }

    private sealed record Member(Guid SurvivorId, Guid CustomerId);
}
