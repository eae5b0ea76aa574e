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

    public async Task<TResult> Send<TResult>(TenantId tenant, IRequest<TResult> command, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inner = scope.ServiceProvider.GetRequiredService<RequestContext>();
        inner.CorrelationId = context.CorrelationId;
        inner.CausationId = context.CommandId;
        inner.RequestId = context.RequestId;
        inner.TraceParent = context.TraceParent;
        inner.OccurredAt = context.OccurredAt;

        // the same step of a repeated request has the same id, and so happens once; under the same key another request is refused
        inner.Fingerprint = context.Fingerprint;
        inner.CommandId = context.CommandId is { } id
            ? Uuid.Named("step", id.ToString(), (++steps).ToString(CultureInfo.InvariantCulture))
            : null;
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, context.Actor, cancellationToken);
        try
        {
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, cancellationToken);
        }
        finally
        {
            context.Replayed = inner.Replayed;
        }
    }
}
