using Mainstreet.Domain;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>One row per till.</summary>
/// <param name="LocationId">Where it stands; null: at the default location.</param>
public sealed record RegisterView(
    [property: Key] RegisterId RegisterId, int Version, string Code, string Name, LocationId? LocationId, bool Retired, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed class RegistersProjection : Projection<RegisterView>
{
    public RegistersProjection() : base("registers", version: 2, inline: true)
    {
        Unique(PosErrors.CodeTaken, where: null, "code");
        IndexWhere("location_id is not null", "location_id");
        On<RegisterCreated>(
            e => Empty(e.RegisterId), (_, e, context) => new(e.RegisterId, context.Version, e.Code, e.Name, e.LocationId, Retired: false, e.At, e.At));
        On<RegisterRenamed>(
            e => Empty(e.RegisterId), (row, e, context) => row with { Version = context.Version, Name = e.Name, UpdatedAt = e.At });
        On<RegisterMoved>(
            e => Empty(e.RegisterId), (row, e, context) => row with { Version = context.Version, LocationId = e.LocationId, UpdatedAt = e.At });
        On<RegisterRetired>(
            e => Empty(e.RegisterId), (row, e, context) => row with { Version = context.Version, Retired = true, UpdatedAt = e.At });
    }

    private static RegisterView Empty(RegisterId id) => new(id, 0, "", "", null, Retired: false, default, default);
}
