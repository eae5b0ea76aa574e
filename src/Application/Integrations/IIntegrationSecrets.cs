namespace Mainstreet.Application.Integrations;

/// <summary>Secrets of the present tenant's integrations, which are kept beside the log: sealed, and gone when they are replaced.</summary>
public interface IIntegrationSecrets
{
    Task Keep(Guid id, string secret, CancellationToken cancellationToken);

    /// <summary>Null: there is none any more, or it was sealed in another installation, from where the log has come.</summary>
    Task<string?> Find(Guid id, CancellationToken cancellationToken);

    Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}
