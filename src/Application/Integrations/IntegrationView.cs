using Mainstreet.Domain;
using Mainstreet.Domain.Integrations;

namespace Mainstreet.Application.Integrations;

/// <summary>One integration of the business, without what is secret.</summary>
/// <param name="Test">How the last attempt to reach it went.</param>
public sealed record IntegrationView(
    [property: Key] Guid IntegrationId, string Kind, IntegrationSetting[] Settings, IntegrationSecret[] Secrets, bool Enabled, IntegrationTest? Test,
    DateTimeOffset ChangedAt, int Version);

public sealed record IntegrationTest(bool Succeeded, int? Status, string? Error, DateTimeOffset At);

internal sealed class IntegrationsProjection : Projection<IntegrationView>
{
    public IntegrationsProjection() : base("integrations", version: 1, inline: true)
    {
        Fold<IntegrationConfigured>((row, e) => row with { Settings = e.Settings, Secrets = e.Secrets, ChangedAt = e.At });
        Fold<IntegrationEnabled>((row, e) => row with { Enabled = true, ChangedAt = e.At });
        Fold<IntegrationDisabled>((row, e) => row with { Enabled = false, ChangedAt = e.At });
        Fold<IntegrationTested>((row, e) => row with { Test = new(e.Succeeded, e.Status, e.Error, e.At) });
        Fold<IntegrationRemoved>((_, _) => null);
    }

    private void Fold<TEvent>(Func<IntegrationView, TEvent, IntegrationView?> fold) where TEvent : IntegrationEvent => On<TEvent>(
        (e, context) => new(context.StreamId, KindOf(e), [], [], Enabled: false, null, default, 0),
        (row, e, context) => fold(row, e) is { } next ? next with { Version = context.Version } : null);

    private static string KindOf(IntegrationEvent e) => e switch
    {
        IntegrationConfigured configured => configured.Kind,
        _ => "", // the row is there already
    };
}
