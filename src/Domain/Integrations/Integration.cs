namespace Mainstreet.Domain.Integrations;

/// <summary>
/// A business's connection to a system of its own (TEN-19), one of each kind. Configured, then enabled &lt;-> disabled; removed, it may be
/// configured anew.
/// </summary>
public sealed record Integration(string Kind, IntegrationSetting[] Settings, IntegrationSecret[] Secrets, bool Enabled = false, bool Removed = false)
    : IAggregate<Integration, IntegrationEvent>
{
    public static Guid StreamOf(TenantId business, string kind) => Uuid.Named("integration", business.ToString(), kind);

    /// <summary>Where it is reached; null until that is set.</summary>
    public string? Address => AddressIn(Settings);

    public static string? AddressIn(IntegrationSetting[] settings) => Array.Find(settings, setting => setting.Name == IntegrationKind.Url)?.Value;

    /// <param name="present">Null: it was never configured.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="settings">All of them: what is left out is not set any more.</param>
    /// <param name="changed">
    /// Secrets that are new; those left out stay, unless the address changes: nobody has another system shown what was meant for one.
    /// </param>
    /// <param name="dropped">Names of secrets that are not to be kept.</param>
    /// <param name="now">When.</param>
    public static IntegrationEvent[] Configure(
        Integration? present, IntegrationKind kind, IntegrationSetting[] settings, IntegrationSecret[] changed, string[] dropped, DateTimeOffset now)
    {
        CheckNames(kind, secret: false, settings.Select(setting => setting.Name));
        CheckNames(kind, secret: true, changed.Select(secret => secret.Name).Concat(dropped));
        foreach (var setting in settings)
        {
            var isUrl = kind.Fields.Single(field => field.Name == setting.Name).Type is IntegrationFieldType.Url;
            Check.That(Check.IsText(setting.Value, 2048) && (!isUrl || Check.IsAbsoluteWebAddress(setting.Value)), IntegrationErrors.SettingInvalid(setting.Name));
        }

        var before = present is { Removed: false } ? present : null;
        var kept = before?.Address == AddressIn(settings) ? before?.Secrets ?? [] : [];
        IntegrationSecret[] secrets =
        [
            .. kept.Where(secret => !dropped.Contains(secret.Name) && !Array.Exists(changed, other => other.Name == secret.Name)), .. changed,
        ];
        if (before is not null && changed is [] && before.Secrets.Length == secrets.Length && before.Settings.SequenceEqual(settings))
        {
            return [];
        }

        if (before is { Enabled: true })
        {
            CheckComplete(kind, settings, secrets);
        }

        return [new IntegrationConfigured(kind.Name, settings, secrets, now)];
    }

    public IntegrationEvent[] Enable(DateTimeOffset now)
    {
        RequireComplete();
        return Enabled ? [] : [new IntegrationEnabled(Kind, now)];
    }

    public IntegrationEvent[] Disable(DateTimeOffset now)
    {
        RequirePresent();
        return Enabled ? [new IntegrationDisabled(Kind, now)] : [];
    }

    /// <summary>Nothing for one that was removed while it was tried.</summary>
    public IntegrationEvent[] RecordTest(bool succeeded, int? status, string? error, DateTimeOffset now) =>
        Removed ? [] : [new IntegrationTested(Kind, succeeded, status, error, now)];

    public IntegrationEvent[] Remove(DateTimeOffset now) => Removed ? [] : [new IntegrationRemoved(Kind, now)];

    /// <summary>Errors: not_found (404), integration_incomplete (409).</summary>
    public void RequireComplete()
    {
        RequirePresent();
        CheckComplete(IntegrationKind.Get(Kind), Settings, Secrets);
    }

    public static Integration Evolve(Integration? integration, IntegrationEvent e) => (integration, e) switch
    {
        (_, IntegrationConfigured configured) => new(configured.Kind, configured.Settings, configured.Secrets, integration is { Removed: false, Enabled: true }),
        ({ }, IntegrationEnabled) => integration with { Enabled = true },
        ({ }, IntegrationDisabled) => integration with { Enabled = false },
        ({ }, IntegrationTested) => integration,
        ({ }, IntegrationRemoved) => integration with { Enabled = false, Removed = true, Secrets = [] },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin an integration."),
    };

    private static void CheckNames(IntegrationKind kind, bool secret, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            Check.That(Array.Exists(kind.Fields, field => field.Name == name && field.Secret == secret) && seen.Add(name), IntegrationErrors.SettingInvalid(name));
        }
    }

    private static void CheckComplete(IntegrationKind kind, IntegrationSetting[] settings, IntegrationSecret[] secrets)
    {
        string[] missing =
        [
            .. kind.Fields.Where(field => field.Required).Select(field => field.Name)
                .Except(settings.Select(setting => setting.Name).Concat(secrets.Select(secret => secret.Name)), StringComparer.Ordinal),
        ];
        Check.That(missing is [], IntegrationErrors.Incomplete(missing));
    }

    private void RequirePresent() => Check.That(!Removed, IntegrationErrors.NotFound);
}
