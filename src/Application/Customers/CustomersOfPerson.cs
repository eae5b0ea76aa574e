using Mainstreet.Domain;

namespace Mainstreet.Application.Customers;

/// <summary>Entries that are one person (11.6).</summary>
public sealed partial record CustomerView
{
    /// <summary>Which entry says the name: a verified account, else whoever ordered last. <see cref="OfPerson"/> decides so too.</summary>
    internal const string FirstToSpeak = "(c.account->>'email_verified' = 'true') is true desc, c.buyer is not null desc, c.account is not null desc, c.last_order_at desc, c.customer_id";

    /// <summary>One customer of all entries, of which there is one at least. What is found by any is found.</summary>
    internal static CustomerView OfPerson(CustomerId survivor, IReadOnlyList<CustomerView> entries)
    {
        CustomerView[] rows =
        [
            .. entries.OrderByDescending(row => row.Account is { EmailVerified: true }).ThenByDescending(row => row.Buyer is not null).ThenByDescending(row => row.Account is not null)
                .ThenByDescending(row => row.LastOrderAt).ThenBy(row => row.CustomerId.Value),
        ];
        var bought = rows.Where(row => row.HasOrdered).ToArray();
        var registered = rows.FirstOrDefault(row => row.Account is not null);
        return rows[0] with
        {
            CustomerId = survivor,
            Email = registered?.Email ?? rows[0].Email,
            Phone = rows.Select(row => row.Phone).FirstOrDefault(phone => phone is not null),
            SearchText = string.Join(' ', rows.Select(row => row.SearchText)),
            BroughtTo = rows.Where(row => row.BroughtTo is not null).MaxBy(row => row.LastOrderAt)?.BroughtTo,
            Account = registered?.Account,
            RegisteredAt = registered?.RegisteredAt,
            Orders = rows.Sum(row => row.Orders),
            ReversedOrders = rows.Sum(row => row.ReversedOrders),
            Spent = bought.Select(row => row.Spent).Aggregate((Money?)null, (sum, spent) => sum is { } before ? before + spent : spent) ?? rows[0].Spent,
            FirstOrderAt = rows.Min(row => row.FirstOrderAt),
            LastOrderAt = rows.Max(row => row.LastOrderAt),
            ErasedAt = rows.Max(row => row.ErasedAt),
            LoyaltyPoints = rows.Sum(row => row.LoyaltyPoints),
            RefusedChannels = entries.FirstOrDefault(row => row.CustomerId == survivor)?.RefusedChannels // which took over the others' when they were merged
                ?? [.. rows.SelectMany(row => row.RefusedChannels).Distinct().Order()],
        };
    }
}
