using System.Text;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Integrations;
using MediatR;

namespace Mainstreet.Application.Integrations;

/// <summary>
/// Has the system tried, also before it is enabled; how that went, the integration shows then. Errors: not_found (404),
/// integration_incomplete (409), custom_integrations_not_in_plan (403).
/// </summary>
public sealed record TestIntegration(string Kind) : IRequest<Committed>;

internal sealed class TestIntegrationHandler(ILane lane, IFeatures features, ITenantContext context) : IRequestHandler<TestIntegration, Committed>
{
    public async Task<Committed> Handle(TestIntegration command, CancellationToken cancellationToken)
    {
        await features.Require(context.Tenant, PlanFeature.CustomIntegrations, context.Actor, cancellationToken);
        var id = Integration.StreamOf(context.Tenant, IntegrationKind.Get(command.Kind).Name);
        return await lane.Run(
            streams => streams.Of<Integration>(id),
            (log, now) =>
            {
                log.Get<Integration>(id).RequireComplete();
                log.Schedule(new TryIntegration(command.Kind), now, $"integration-test:{command.Kind}");
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}

/// <summary>The attempt itself: one POST, with the secret as bearer.</summary>
[Message("integration.try", Queues.Webhooks)]
internal sealed record TryIntegration(string Kind) : IRequest<Committed>;

internal sealed class TryIntegrationHandler(IAggregates aggregates, IWebhookTransport transport, ISealedSecrets secrets, ITenantContext context, TimeProvider clock)
    : IRequestHandler<TryIntegration, Committed>
{
    public async Task<Committed> Handle(TryIntegration command, CancellationToken cancellationToken)
    {
        var id = Integration.StreamOf(context.Tenant, command.Kind);
        if (await aggregates.Find<Integration, IntegrationEvent>(id, cancellationToken) is not { State: { Removed: false } integration }
            || integration.Address is not { } address)
        {
            return new(0);
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" };
        if (integration.Secrets is [var secret, ..] && await secrets.Find(secret.Id, cancellationToken) is { } bearer)
        {
            headers["Authorization"] = $"Bearer {bearer}";
        }

        var answer = await transport.Send(new(new(address), Encoding.UTF8.GetBytes("""{"type":"integration.test"}"""), headers, context.IsSandbox), cancellationToken);
        return await aggregates.Update<Integration, IntegrationEvent>(
            id, expectedVersion: null, state => state.RecordTest(answer.Succeeded, answer.Status, answer.Error, clock.GetUtcNow()), cancellationToken);
    }
}
