using FluentValidation;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>The business's customers (CUS-07).</summary>
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
        var rows = await reads.List<CustomerView>(
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
            CustomerOrder.LastOrderAt => ("c.last_order_at", "@after_time::timestamptz"),
            CustomerOrder.Spent => ("c.spent_amount", "@after_spent::bigint"),
            CustomerOrder.Name => ("c.name_key", "@after_name::text"),
        };
        var (direction, beyond) = descending ? ("desc", "<") : ("asc", ">");
        return $"""
            select c.* from rm.customers c
             where (@registered::boolean is null or @registered = (c.account is not null))
               and (@ordered_since::timestamptz is null or c.last_order_at >= @ordered_since)
               and (@not_ordered_since::timestamptz is null or c.last_order_at < @not_ordered_since)
               and (@min_orders::integer is null or c.orders >= @min_orders)
               and (@min_spent::bigint is null or c.spent_amount >= @min_spent)
               and (@tag::text is null or exists (
                    select from rm.customer_records r cross join jsonb_array_elements(r.tags) as t (tag) where r.customer_id = c.customer_id and t.tag->>'text' = @tag))
               and (@consent::text is null or (c.account->>'email_verified' = 'true' and not c.refused_channels ? @consent::text
                    and (@consent::text not in ('sms', 'whatsapp') or c.account->>'phone' is not null)
                    and c.account->'consents' @> jsonb_build_array(jsonb_build_object('purpose', 'marketing', 'channel', @consent::text, 'given', true))))
               and not exists (select from unnest(@words) as w (word) where strpos(c.search_text, w.word) = 0)
               and ({after} is null or ({column}, c.customer_id) {beyond} ({after}, @after_id))
             order by {column} {direction}, c.customer_id {direction} limit @rows
            """;
    }
}
