namespace Mainstreet.Application;

/// <summary>
/// What the present tenant's integrations and connections are not to show: kept beside the log, sealed, and gone when it is replaced. No event,
/// view, export or answer has it.
/// </summary>
public interface ISealedSecrets : IKnownSecrets
{
    Task Keep(Guid id, string secret, CancellationToken cancellationToken);

    Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>The same, for those that only look.</summary>
public interface IKnownSecrets
{
    /// <summary>Null: there is none any more, or it was sealed in another installation, from where the log has come.</summary>
    Task<string?> Find(Guid id, CancellationToken cancellationToken);

    /// <summary>Those that there are, by id, in one trip.</summary>
    Task<IReadOnlyDictionary<Guid, string>> Find(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}
