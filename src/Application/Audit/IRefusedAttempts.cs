using Mainstreet.Domain;

namespace Mainstreet.Application.Audit;

/// <summary>Somebody was refused something.</summary>
/// <param name="Tenant">Whose operators are to see it.</param>
/// <param name="Operation">The endpoint's name, such as PlaceOrder.</param>
/// <param name="Code">Of the problem that was answered.</param>
/// <param name="Network">The caller's address, cut off; null where it is not known.</param>
/// <param name="Subject">The id that the request's path names.</param>
/// <param name="Business">The caller's, where something of another business was tried.</param>
public sealed record RefusedAttempt(
    TenantId Tenant, string Operation, int Status, string Code, Actor Actor, string? Network, Guid? Subject, string? RequestId, TenantId? Business = null)
{
    /// <summary>The code of attempts at what is another business's. Callers were answered as if there were nothing.</summary>
    public const string CrossTenant = "security.cross_tenant_attempt";
}

/// <summary>
/// Takes note of refused attempts, out of the way of requests: they are gathered, and written every few seconds. What is repeated is
/// counted, so that no caller can fill the disk.
/// </summary>
public interface IRefusedAttempts
{
    void Note(RefusedAttempt attempt);

    /// <summary>
    /// Somebody signed in was told that there is nothing under <paramref name="id"/>. Where it is of another business it becomes a
    /// <see cref="RefusedAttempt.CrossTenant"/> for the platform's operators. Only so many are looked at in a time.
    /// </summary>
    void NoteUnknown(Guid id, RefusedAttempt attempt);

    /// <summary>Writes what this process has gathered so far.</summary>
    Task Write(CancellationToken cancellationToken);
}
