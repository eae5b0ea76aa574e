namespace Mainstreet.Domain.Privacy;

/// <summary>Somebody whose personal data is in a business's log. Who comes back after an erasure can be erased again.</summary>
/// <param name="Last">The last erasure.</param>
public sealed record DataSubject(DataSubjectErased Last) : IAggregate<DataSubject, DataSubjectEvent>
{
    public static Guid StreamOf(Guid subjectId) => Uuid.Named("data_subject", subjectId.ToString());

    /// <param name="present">Null for somebody who was never erased.</param>
    /// <param name="needed">What cannot go on without the data: numbers of open orders. Any of them refuses with <c>customer_has_open_orders</c>.</param>
    /// <param name="events">How many events hold readable data of the subject; none of them: there is nothing to erase.</param>
    /// <param name="others">How many hold data of those who were merged into the subject, and are erased together with it.</param>
    public static DataSubjectEvent[] Erase(
        DataSubject? present, Guid subjectId, ErasureReason reason, UserId? by, IReadOnlyList<string> needed, long events, DateTimeOffset now, long others = 0) =>
        events + others == 0 && present is not null ? []
        : needed.Count > 0 ? throw new DomainException(PrivacyErrors.OpenOrders(needed))
        : [new DataSubjectErased(subjectId, reason, by, events, now)];

    /// <summary>
    /// Whether what began at <paramref name="since"/> is nobody's any more: what is written down about it now would have no erasure to go with.
    /// </summary>
    public bool IsErasedSince(DateTimeOffset since) => Last.At >= since;

    public static DataSubject Evolve(DataSubject? state, DataSubjectEvent e) => e switch
    {
        DataSubjectErased erased => new(erased),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "a data subject")}."),
    };
}
