using Mainstreet.Application.Flags;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Integrations;
using MediatR;

namespace Mainstreet.Application.Integrations;

/// <summary>
/// What the business's own system is to be reached with (TEN-19). Settings are replaced as a whole; secrets that are left out stay as long as the
/// address does, and those without a value go. Errors: not_found (404) for an unknown kind; setting_invalid (400); url_invalid (400), https_required, port_refused,
/// address_refused (422); integration_incomplete (409) for one that is enabled; custom_integrations_not_in_plan (403); stale_version (412).
/// </summary>
public sealed record ConfigureIntegration(
    string Kind, IntegrationSetting[] Settings, IReadOnlyList<KeyValuePair<string, string?>> Secrets, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the secrets, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(ConfigureIntegration)} {Kind}";
}

internal sealed class ConfigureIntegrationHandler(
    ILane lane, IAggregates aggregates, IFeatures features, IWebhookTransport transport, ISealedSecrets secrets, ITenantContext context, TimeProvider clock) : IRequestHandler<ConfigureIntegration, Committed>
{
    public async Task<Committed> Handle(ConfigureIntegration command, CancellationToken cancellationToken)
    {
        var kind = IntegrationKind.Get(command.Kind);
        await features.Require(context.Tenant, PlanFeature.CustomIntegrations, context.Actor, cancellationToken);
        var named = command.Secrets.Where(secret => secret.Value is not null)
            .Select(secret => (New: new IntegrationSecret(secret.Key, Uuid.Named("integration_secret", context.CommandId.ToString(), secret.Key), clock.GetUtcNow()), Value: secret.Value!)).ToArray();
        IntegrationSecret[] changed = [.. named.Select(secret => secret.New)];
        string[] dropped = [.. command.Secrets.Where(secret => secret.Value is null).Select(secret => secret.Key)];
        foreach (var (secret, value) in named)
        {
            Check.That(IntegrationSecret.CanBe(value), IntegrationErrors.SettingInvalid(secret.Name));
        }

        _ = Integration.Configure(null, kind, command.Settings, changed, dropped, clock.GetUtcNow()); // before anything is kept
        if (Integration.AddressIn(command.Settings) is { } address)
        {
            transport.RequireReachable(address, context.IsSandbox);
        }

        foreach (var (secret, value) in named)
        {
            await secrets.Keep(secret.Id, value, cancellationToken);
        }

        try
        {
            var (committed, replaced) = await Record(command, kind, changed, dropped, cancellationToken);
            await secrets.Remove(replaced, CancellationToken.None);
            return committed;
        }
        catch (DomainException)
        {
            await secrets.Remove([.. changed.Select(secret => secret.Id).Except(await Used(kind, CancellationToken.None))], CancellationToken.None);
            throw;
        }
    }

    /// <summary>The same request, sent twice at once, may have been taken once and refused once.</summary>
    private async Task<IEnumerable<Guid>> Used(IntegrationKind kind, CancellationToken cancellationToken) =>
        (await aggregates.Find<Integration, IntegrationEvent>(Integration.StreamOf(context.Tenant, kind.Name), cancellationToken))?.State.Secrets.Select(secret => secret.Id) ?? [];

    private async Task<(Committed Committed, Guid[] Replaced)> Record(
        ConfigureIntegration command, IntegrationKind kind, IntegrationSecret[] changed, string[] dropped, CancellationToken cancellationToken)
    {
        var id = Integration.StreamOf(context.Tenant, kind.Name);
        Guid[] replaced = [];
        var committed = await lane.Run(
            streams => streams.Of<Integration>(id),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                var before = log.Find<Integration>(id);
                log.Append<Integration, IntegrationEvent>(id, Integration.Configure(before, kind, command.Settings, changed, dropped, now));
                replaced = [.. (before?.Secrets ?? []).Select(secret => secret.Id).Except(log.Get<Integration>(id).Secrets.Select(secret => secret.Id))];
                return new Committed(log.Version(id));
            },
            cancellationToken);
        return (committed, replaced);
    }
}
