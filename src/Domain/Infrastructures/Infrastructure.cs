using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Infrastructures;

/// <summary>
/// Who operates a part of the businesses: a second tier above them, in the platform's log. Its operators see and run its own businesses and
/// no others. Requirement TEN-07.
/// </summary>
public sealed record Infrastructure(TenantId Id, string Name, string Slug, InfrastructureSettings Settings, bool Removed)
    : IAggregate<Infrastructure, InfrastructureEvent>
{
    /// <summary>The one that every business belongs to of which nothing else was said. It also operates the shared drivers.</summary>
    public static readonly TenantId Default = TenantId.Pool;

    public static InfrastructureEvent[] Register(TenantId id, string name, string slug, InfrastructureSettings settings, DateTimeOffset now)
    {
        Validate(name, slug, settings);
        return [new InfrastructureRegistered(id, name, slug, settings, now)];
    }

    public InfrastructureEvent[] Change(string name, string slug, InfrastructureSettings settings, DateTimeOffset now)
    {
        Check.That(!Removed, DomainError.NotFound("infrastructure"));
        Validate(name, slug, settings);
        return (name, slug, settings) == (Name, Slug, Settings) ? [] : [new InfrastructureChanged(Id, name, slug, settings, now)];
    }

    /// <param name="businesses">How many belong to it, closed ones too.</param>
    public InfrastructureEvent[] Remove(int businesses, DateTimeOffset now)
    {
        Check.That(businesses == 0 && Id != Default, InfrastructureErrors.InUse);
        return Removed ? [] : [new InfrastructureRemoved(Id, now)];
    }

    public static Infrastructure Evolve(Infrastructure? infrastructure, InfrastructureEvent e) => (infrastructure, e) switch
    {
        (null, InfrastructureRegistered made) => new(made.InfrastructureId, made.Name, made.Slug, made.Settings, Removed: false),
        ({ }, InfrastructureChanged changed) => infrastructure with { Name = changed.Name, Slug = changed.Slug, Settings = changed.Settings },
        ({ }, InfrastructureRemoved) => infrastructure with { Removed = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(infrastructure is null ? "an empty stream" : "an infrastructure")}."),
    };

    private static void Validate(string name, string slug, InfrastructureSettings settings)
    {
        Check.That(Check.IsText(name, 200), InfrastructureErrors.NameInvalid);
        Check.That(Check.IsSlug(slug), InfrastructureErrors.SlugInvalid);
        Check.That(settings.SupportEmail is null || EmailAddress.IsWellFormed(settings.SupportEmail), EmailAddress.Malformed);
    }
}

/// <param name="SupportEmail">Where its businesses find help.</param>
public sealed record InfrastructureSettings(string? SupportEmail = null);

public static class InfrastructureErrors
{
    public static readonly DomainError NameInvalid = new("name_invalid", "A name has 1 to 200 characters.", ErrorKind.Invalid);
    public static readonly DomainError SlugInvalid = new("slug_invalid", "A slug has lower-case letters and digits, with single hyphens inside.", ErrorKind.Invalid);
    public static readonly DomainError SlugTaken = new("slug_taken", "Another infrastructure has this slug.", ErrorKind.Conflict);
    public static readonly DomainError InUse = new("infrastructure_in_use", "Businesses belong to it, or may any time.", ErrorKind.Conflict);
}

public abstract record InfrastructureEvent : IEvent;

[EventType("infrastructure.registered.v1", Internal = true)]
public sealed record InfrastructureRegistered(TenantId InfrastructureId, string Name, string Slug, InfrastructureSettings Settings, DateTimeOffset At) : InfrastructureEvent;

[EventType("infrastructure.changed.v1", Internal = true)]
public sealed record InfrastructureChanged(TenantId InfrastructureId, string Name, string Slug, InfrastructureSettings Settings, DateTimeOffset At) : InfrastructureEvent;

[EventType("infrastructure.removed.v1", Internal = true)]
public sealed record InfrastructureRemoved(TenantId InfrastructureId, DateTimeOffset At) : InfrastructureEvent;

[JsonSerializable(typeof(InfrastructureRegistered))]
[JsonSerializable(typeof(InfrastructureChanged))]
[JsonSerializable(typeof(InfrastructureRemoved))]
internal sealed partial class InfrastructureJson : JsonSerializerContext;
