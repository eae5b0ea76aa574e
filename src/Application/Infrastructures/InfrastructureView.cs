using Mainstreet.Domain;
using Mainstreet.Domain.Infrastructures;

namespace Mainstreet.Application.Infrastructures;

/// <summary>An infrastructure as the platform's administrators see it.</summary>
public sealed record InfrastructureView(
    [property: Key] TenantId Id, string Name, string Slug, InfrastructureSettings Settings, bool Removed, DateTimeOffset? CreatedAt, int Version)
{
    /// <summary>The one that is always there. It stands in no log until it is changed.</summary>
    public static readonly InfrastructureView Default = new(Infrastructure.Default, "Mainstreet", "default", new(), Removed: false, CreatedAt: null, 0);

    /// <summary>The slug of the one that stands in no log is taken too. Errors: slug_taken (409).</summary>
    public static void CheckSlug(TenantId id, string slug) => Check.That(id == Default.Id || slug != Default.Slug, InfrastructureErrors.SlugTaken);
}

internal sealed class InfrastructuresProjection : Projection<InfrastructureView>
{
    public InfrastructuresProjection() : base("infrastructures", version: 1, inline: true)
    {
        On<InfrastructureRegistered>(
            e => new(e.InfrastructureId, e.Name, e.Slug, e.Settings, Removed: false, e.At, 0), (row, _, context) => row with { Version = context.Version });
        On<InfrastructureChanged>(
            e => new(e.InfrastructureId, e.Name, e.Slug, e.Settings, Removed: false, null, 0),
            (row, e, context) => row with { Name = e.Name, Slug = e.Slug, Settings = e.Settings, Version = context.Version });
        On<InfrastructureRemoved>(
            e => new(e.InfrastructureId, "", "", new(), Removed: true, null, 0), (row, _, context) => row with { Removed = true, Version = context.Version });
        Unique(InfrastructureErrors.SlugTaken, where: "not removed", "slug");
    }
}
