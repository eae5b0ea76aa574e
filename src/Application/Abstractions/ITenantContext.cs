using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>For whom and by whom the present request or message runs. Set before any data is touched (TEN-09).</summary>
public interface ITenantContext
{
    TenantId Tenant { get; }

    /// <summary>A test tenant has a clock of its own and talks to sandbox providers only.</summary>
    bool IsSandbox { get; }

    Actor Actor { get; }

    Guid CorrelationId { get; }

    /// <summary>The id of the present command. It is the same when the request is repeated, and so are ids made from it.</summary>
    Guid CommandId { get; }
}

/// <summary>
/// Runs work in another tenant, as the same actor and in the same correlation. Never a shared transaction: each tenant
/// commits by itself, so such work is made of steps that can be repeated.
/// </summary>
public interface ITenantScopes
{
    /// <summary>Opens a scope on <paramref name="tenant"/> and sends <paramref name="command"/> there.</summary>
    Task<TResult> Send<TResult>(TenantId tenant, MediatR.IRequest<TResult> command, CancellationToken cancellationToken);

    /// <summary>As <see cref="Send"/>, and nothing of it is kept: its refusals and its answer are those it would have.</summary>
    Task<TResult> Rehearse<TResult>(TenantId tenant, MediatR.IRequest<TResult> command, CancellationToken cancellationToken);
}
