using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Integrations;
using MediatR;

namespace Mainstreet.Application.Integrations;

/// <summary>Errors of this and what follows: not_found (404), stale_version (412). Here also integration_incomplete (409), custom_integrations_not_in_plan (403).</summary>
public sealed record EnableIntegration(string Kind, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Also without the plan.</summary>
public sealed record DisableIntegration(string Kind, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>With its secrets. Also without the plan.</summary>
public sealed record RemoveIntegration(string Kind, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SwitchIntegrationHandler(IAggregates aggregates, IFeatures features, ISealedSecrets secrets, ITenantContext context, TimeProvider clock) :
    IRequestHandler<EnableIntegration, Committed>, IRequestHandler<DisableIntegration, Committed>, IRequestHandler<RemoveIntegration, Committed>
{
    public async Task<Committed> Handle(EnableIntegration command, CancellationToken cancellationToken)
    {
        await features.Require(context.Tenant, PlanFeature.CustomIntegrations, context.Actor, cancellationToken);
        return await Step(command.Kind, command.ExpectedVersion, integration => integration.Enable(clock.GetUtcNow()), cancellationToken);
    }

    public Task<Committed> Handle(DisableIntegration command, CancellationToken cancellationToken) =>
        Step(command.Kind, command.ExpectedVersion, integration => integration.Disable(clock.GetUtcNow()), cancellationToken);

    public async Task<Committed> Handle(RemoveIntegration command, CancellationToken cancellationToken)
    {
        Guid[] kept = [];
        var committed = await Step(
            command.Kind,
            command.ExpectedVersion,
            integration =>
            {
                kept = [.. integration.Secrets.Select(secret => secret.Id)];
                return integration.Remove(clock.GetUtcNow());
            },
            cancellationToken);
        await secrets.Remove(kept, CancellationToken.None);
        return committed;
    }

    private Task<Committed> Step(string kind, int? expectedVersion, Func<Integration, IntegrationEvent[]> decide, CancellationToken cancellationToken) =>
        aggregates.Update<Integration, IntegrationEvent>(
            Integration.StreamOf(context.Tenant, IntegrationKind.Get(kind).Name), expectedVersion, decide, cancellationToken);
}
