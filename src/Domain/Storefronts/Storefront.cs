namespace Mainstreet.Domain.Storefronts;

/// <summary>What must be true outside the storefront before it can be public.</summary>
public sealed record StorefrontFacts(bool BusinessActive, string? Currency, int PublishedProducts);

/// <summary>The one public face of a business. Unpublished it is readable by the business only (WL-05).</summary>
public sealed record Storefront(TenantId BusinessId, StorefrontSettings Settings, bool Published) : IAggregate<Storefront, StorefrontEvent>, ISnapshotted
{
    /// <summary>Each change repeats all settings, and every order loads them.</summary>
    public static int SnapshotVersion => 1;

    public static Guid StreamOf(TenantId businessId) => Uuid.Named("storefront", businessId.ToString());

    /// <summary><paramref name="currency"/> is the business's.</summary>
    public static StorefrontEvent[] Create(TenantId businessId, StorefrontSettings settings, string currency, DateTimeOffset now)
    {
        settings.Validate(currency);
        return [new StorefrontCreated(businessId, settings, now)];
    }

    /// <summary>A published storefront keeps its opening hours; they may change.</summary>
    public StorefrontEvent[] Update(StorefrontSettings settings, string currency, DateTimeOffset now)
    {
        settings.Validate(currency);
        Check.That(!Published || settings.OpeningHours.Periods.Length > 0, StorefrontErrors.NotReady(["opening_hours"]));
        return settings.SameAs(Settings) ? [] : [new StorefrontUpdated(BusinessId, settings, now)];
    }

    public StorefrontEvent[] Publish(StorefrontFacts facts, DateTimeOffset now)
    {
        if (Published)
        {
            return [];
        }

        var missing = Missing(facts).ToArray();
        Check.That(missing.Length == 0, StorefrontErrors.NotReady(missing));
        return [new StorefrontPublished(BusinessId, now)];
    }

    public StorefrontEvent[] Unpublish(DateTimeOffset now) => Published ? [new StorefrontUnpublished(BusinessId, now)] : [];

    public static Storefront Evolve(Storefront? storefront, StorefrontEvent e) => (storefront, e) switch
    {
        (null, StorefrontCreated created) => new(created.BusinessId, created.Settings, Published: false),
        ({ }, StorefrontUpdated updated) => storefront with { Settings = updated.Settings },
        ({ }, StorefrontPublished) => storefront with { Published = true },
        ({ }, StorefrontUnpublished) => storefront with { Published = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(storefront is null ? "an empty stream" : "a storefront")}."),
    };

    private IEnumerable<string> Missing(StorefrontFacts facts)
    {
        if (!facts.BusinessActive)
        {
            yield return "active_business";
        }

        if (!Currencies.IsKnown(facts.Currency))
        {
            yield return "currency";
        }

        if (Settings.OpeningHours.Periods.Length == 0)
        {
            yield return "opening_hours";
        }

        if (facts.PublishedProducts < 1)
        {
            yield return "published_product";
        }
    }
}
