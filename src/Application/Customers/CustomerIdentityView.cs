using Mainstreet.Domain;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Application.Customers;

/// <summary>Of customers who were merged, who is who.</summary>
/// <param name="IdentityId">The stream's.</param>
/// <param name="Members">Those who are this one; none of one that was merged itself.</param>
internal sealed record CustomerIdentityView([property: Key] Guid IdentityId, CustomerId CustomerId, CustomerId? MergedInto, CustomerId[] Members);

/// <summary>Somebody who was merged, and as whom they go on: never a chain.</summary>
internal sealed record MergedCustomer([property: Key] Guid IdentityId, [property: Key] CustomerId CustomerId, CustomerId SurvivorId);

internal sealed class CustomerIdentitiesProjection : Projection<CustomerIdentityView>
{
    public CustomerIdentitiesProjection() : base("customer_identities", version: 1, inline: true)
    {
        On<CustomersMerged>(e => Empty(e.CustomerId), (identity, e) => identity with { Members = [.. identity.Members, e.MergedId, .. e.Earlier] });
        On<CustomerMergedAway>(e => Empty(e.CustomerId), (identity, e) => identity with { MergedInto = e.SurvivorId, Members = [] });
        PartsIn("merged_customers", identity => identity.Members.Select(member => new MergedCustomer(identity.IdentityId, member, identity.CustomerId)))
            .Index("customer_id").Index("survivor_id");
    }

    private static CustomerIdentityView Empty(CustomerId customer) => new(CustomerIdentity.StreamOf(customer), customer, null, []);
}

/// <summary>
/// What was recorded of a customer keeps the id by which it was: readers look for all ids of one person. So nothing is rewritten by a merge, and what comes in later by
/// an id that was merged counts too.
/// </summary>
internal static class SamePerson
{
    /// <summary>Of those that <see cref="CustomerIdentity.Present"/> wants to know, of <c>@customers</c>.</summary>
    public const string Identities = "select distinct identity_id from rm.merged_customers where customer_id = any(@customers)";

    /// <summary>In SQL, as who somebody goes on.</summary>
    /// <param name="id">An expression, such as @customer::uuid.</param>
    public static string Present(string id) => $"coalesce((select m.survivor_id from rm.merged_customers m where m.customer_id = {id}), {id})";

    /// <summary>In SQL behind an =, all ids of one person.</summary>
    /// <param name="id">An expression: any of them.</param>
    public static string Ids(string id) => $"""
        any(array(select p.id from (select {Present(id)} as survivor) s
             cross join lateral (select s.survivor as id union all select m.customer_id from rm.merged_customers m where m.survivor_id = s.survivor) p))
        """;

    /// <summary>In SQL behind an =, those who were merged into somebody.</summary>
    public static string Members(string id) => $"any(array(select m.customer_id from rm.merged_customers m where m.survivor_id = {id}))";

    /// <summary>As who a customer goes on.</summary>
    public static async Task<CustomerId> PresentOf(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken) =>
        new((await reads.List<Guid>("select survivor_id from rm.merged_customers where customer_id = @customer", new { customer }, cancellationToken)) is [var survivor] ? survivor : customer.Value);

    /// <summary>Those who were merged into a customer.</summary>
    public static async Task<IReadOnlyList<CustomerId>> MembersOf(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken) =>
        [.. (await reads.List<Guid>("select customer_id from rm.merged_customers where survivor_id = @customer order by customer_id", new { customer }, cancellationToken)).Select(id => new CustomerId(id))];

    /// <summary>The identities of customers, and of those into whom they were merged, as they are in the lane.</summary>
    public static LaneStreams OfIdentities(this LaneStreams streams, params CustomerId[] customers) => streams
        .Of<CustomerIdentity>(customers.Select(CustomerIdentity.StreamOf))
        .In<CustomerIdentity>(Identities, new { Customers = customers.Select(customer => customer.Value).ToArray() });
}
