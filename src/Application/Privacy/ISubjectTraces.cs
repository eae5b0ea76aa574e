namespace Mainstreet.Application.Privacy;

/// <summary>Where personal data of somebody is kept in the present tenant.</summary>
public interface ISubjectTraces
{
    /// <summary>How many events of the log hold data of the subject that can be read.</summary>
    Task<long> CountEvents(Guid subject, CancellationToken cancellationToken);

    /// <summary>The read models that held data in the clear when the subject was erased, by name.</summary>
    Task<IReadOnlyList<ErasedView>> Views(Guid erasure, CancellationToken cancellationToken);
}

/// <summary>How far a read model is with forgetting.</summary>
public enum ErasedViewStatus
{
    /// <summary>It is folded again, without the data.</summary>
    Rebuilding,

    /// <summary>Readers see no data any more; rows from before are being removed.</summary>
    Dropping,

    /// <summary>It holds nothing of the subject.</summary>
    Clean,

    /// <summary>It could not be folded again and still holds data: a rebuild has to be started when the cause is gone.</summary>
    Failed,
}

public sealed record ErasedView(string Projection, ErasedViewStatus Status);
