using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Customers;

/// <summary>
/// Who a customer is (11.6): staff found that several entries are one person. apart -> merged into a survivor, for good; a survivor takes over what was merged into the
/// other one before, so there is never a chain to follow, and no circle.
/// </summary>
/// <param name="MergedInto">Null: nobody has found that this is somebody else.</param>
/// <param name="Members">All that are this one; none of one that was merged itself.</param>
public sealed record CustomerIdentity(CustomerId CustomerId, CustomerId? MergedInto, CustomerId[] Members) : IAggregate<CustomerIdentity, CustomerIdentityEvent>
{
    public const int MaxMembers = 50;

    public static Guid StreamOf(CustomerId customer) => Uuid.Named("customer_identity", customer.ToString());

    /// <summary>Who a customer is by now.</summary>
    /// <param name="known">With those into which the customer was merged.</param>
    public static CustomerId Present(IEnumerable<CustomerIdentity> known, CustomerId customer) =>
        known.FirstOrDefault(identity => identity.Members.Contains(customer))?.CustomerId ?? customer;

    /// <summary>
    /// <paramref name="merged"/> is <paramref name="survivor"/>. Said again, it is nothing new: null. Errors: merged_with_itself (422); customer_merged (410) where one of
    /// them is somebody else already; too_many_merged (409).
    /// </summary>
    /// <param name="known">Both, and those into which one was merged; not those of which nothing is known.</param>
    public static CustomersMerged? Merge(IReadOnlyList<CustomerIdentity> known, CustomerId survivor, CustomerId merged, DateTimeOffset now)
    {
        Check.That(survivor != merged, CustomerErrors.MergedWithItself);
        RefuseMerged(known, survivor);
        if (Present(known, merged) == survivor)
        {
            return null;
        }

        RefuseMerged(known, merged);
        var earlier = MembersOf(known, merged);
        Check.That(MembersOf(known, survivor).Length + earlier.Length < MaxMembers, CustomerErrors.TooManyMerged);
        return new(survivor, merged, earlier, now);
    }

    /// <summary>Errors: customer_merged (410).</summary>
    public static void RefuseMerged(IEnumerable<CustomerIdentity> known, CustomerId customer)
    {
        var present = Present(known, customer);
        Check.That(present == customer, CustomerErrors.Merged(present));
    }

    public static CustomerIdentity Evolve(CustomerIdentity? identity, CustomerIdentityEvent e) => e switch
    {
        CustomersMerged merged => new(merged.CustomerId, null, [.. identity?.Members ?? [], merged.MergedId, .. merged.Earlier]),
        CustomerMergedAway away => new(away.CustomerId, away.SurvivorId, []),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(identity is null ? "an empty stream" : "an identity")}."),
    };

    private static CustomerId[] MembersOf(IReadOnlyList<CustomerIdentity> known, CustomerId customer) =>
        known.FirstOrDefault(identity => identity.CustomerId == customer)?.Members ?? [];
}

public abstract record CustomerIdentityEvent : IEvent;

/// <param name="CustomerId">As who both go on.</param>
/// <param name="MergedId">Who was found to be the same.</param>
/// <param name="Earlier">Who had been merged into that one before, and now is this one too.</param>
[EventType("customer.merged.v1", Description = "Staff found that two customers are one person; all that both have is the survivor's from now on.")]
public sealed record CustomersMerged(CustomerId CustomerId, CustomerId MergedId, CustomerId[] Earlier, DateTimeOffset At) : CustomerIdentityEvent;

/// <summary>The other end of <see cref="CustomersMerged"/>.</summary>
[EventType("customer.merged_away.v1", Internal = true)]
public sealed record CustomerMergedAway(CustomerId CustomerId, CustomerId SurvivorId, DateTimeOffset At) : CustomerIdentityEvent;

[JsonSerializable(typeof(CustomersMerged))]
[JsonSerializable(typeof(CustomerMergedAway))]
internal sealed partial class CustomerIdentityJson : JsonSerializerContext;
