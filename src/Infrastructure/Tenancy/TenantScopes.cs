using System.Globalization;
using Mainstreet.Application;
using Mainstreet.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Tenancy;

/// <inheritdoc />
internal sealed class TenantScopes(IServiceScopeFactory scopes, RequestContext context) : ITenantScopes
{
    private int steps;

    public Task<TResult> Send<TResult>(TenantId tenant, IRequest<TResult> command, CancellationToken cancellationToken) =>
        Send(tenant, command, context.DryRun, cancellationToken);

    public Task<TResult> Rehearse<TResult>(TenantId tenant, IRequest<TResult> command, CancellationToken cancellationToken) =>
        Send(tenant, command, new DryRun(), cancellationToken);

    private async Task<TResult> Send<TResult>(TenantId tenant, IRequest<TResult> command, DryRun? run, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inner = scope.ServiceProvider.GetRequiredService<RequestContext>();
        inner.Purpose = context.Purpose;
        inner.CorrelationId = context.CorrelationId;
        inner.CausationId = context.CommandId;
        inner.StepOf = context.Message ?? context.StepOf;
        inner.RequestId = context.RequestId;
        inner.TraceParent = context.TraceParent;
        inner.Network = context.Network;
        inner.OccurredAt = context.OccurredAt;
        inner.DryRun = run;
        inner.AsOf = (context.AsOf?.Time ?? context.AsOf?.RecordedAt) is { } time ? new(Version: null, time) : null; // positions count in one log

        // the same step of a repeated request has the same id, and so happens once; under the same key another request is refused
        inner.Fingerprint = context.Fingerprint;
        inner.CommandId = context.CommandId is { } id
            ? Uuid.Named("step", id.ToString(), (++steps).ToString(CultureInfo.InvariantCulture))
            : null;
        await Open(scope.ServiceProvider.GetRequiredService<ITenantScope>(), tenant, cancellationToken);
        try
        {
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, cancellationToken);
        }
        finally
        {
            context.Replayed = inner.Replayed;
        }
    }

    private async Task Open(ITenantScope scope, TenantId tenant, CancellationToken cancellationToken)
    {
        try
        {
            await scope.Open(tenant, context.Actor, cancellationToken);
        }
        catch (DomainException) when (context.DryRun is { Events: not [] })
        {
            throw DryRun.NotPossible("a step takes place in a business that there would have to be first.");
        }
    }
}
