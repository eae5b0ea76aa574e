using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;

namespace Mainstreet.Application.Privacy;

/// <summary>Words about a customer in decisions: an erasure destroys those that there are, and none come after it.</summary>
internal static class ErasedCustomers
{
    public static LaneStreams OfErasures(this LaneStreams streams, CustomerId customer) => streams.Of<DataSubject>(DataSubject.StreamOf(customer.Value));

    /// <summary>Errors: customer_erased (409).</summary>
    /// <param name="log">Has the stream of <see cref="OfErasures"/>.</param>
    /// <param name="since">When what is written about began, such as an order: who was erased before that has come back.</param>
    public static void RefuseErased(this ILaneLog log, CustomerId customer, DateTimeOffset since) =>
        Check.That(log.Find<DataSubject>(DataSubject.StreamOf(customer.Value))?.IsErasedSince(since) is not true, PrivacyErrors.CustomerErased);
}
