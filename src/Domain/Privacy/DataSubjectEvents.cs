using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Privacy;

public abstract record DataSubjectEvent : IEvent;

/// <summary>
/// The personal data of <paramref name="Events"/> events before this one is unreadable from here on: the key is destroyed in the
/// same commit. Receivers of the log erase their copies too.
/// </summary>
/// <param name="SubjectId">Whose data it was: a customer's id.</param>
/// <param name="Reason">A choice and no text, in which the person could be named.</param>
[EventType("data_subject.erased.v1", Description = "The personal data of a person is unreadable from now on, also in the events before.")]
public sealed record DataSubjectErased(Guid SubjectId, ErasureReason Reason, UserId? By, long Events, DateTimeOffset At) : DataSubjectEvent;

/// <summary>Why somebody is erased: article 17 (1) of the GDPR.</summary>
public enum ErasureReason
{
    Requested,
    ConsentWithdrawn,
    Objected,
    NoLongerNeeded,
    UnlawfullyProcessed,
    LegalObligation,
}

[JsonSerializable(typeof(DataSubjectErased))]
internal sealed partial class DataSubjectJson : JsonSerializerContext;
