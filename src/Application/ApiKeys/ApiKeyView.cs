using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;

namespace Mainstreet.Application.ApiKeys;

/// <summary>An API key as its business sees it, revoked ones too: what they did is told by their id.</summary>
/// <param name="PreviousHash">Of the secret before a rotation.</param>
/// <param name="CreatedBy">A user.</param>
public sealed record ApiKeyView(
    [property: Key] ApiKeyId Id,
    ApiKeyKind Kind,
    string? Name,
    string[] Scopes,
    [property: NotShown] string SecretHash,
    [property: NotShown] string? PreviousHash,
    DateTimeOffset? PreviousValidUntil,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    Guid? CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>A row before its first event.</summary>
    internal static ApiKeyView Empty(ApiKeyId id) => new(id, default, null, [], "", null, null, null, null, null, default, default, 0);
}

internal sealed class ApiKeysProjection : Projection<ApiKeyView>
{
    public ApiKeysProjection() : base("api_keys", version: 1, inline: true)
    {
        Fold<ApiKeyCreated>(e => e.ApiKeyId, e => e.At, (row, e, context) => row with
        {
            Kind = e.Kind,
            Name = e.Name,
            Scopes = e.Scopes,
            SecretHash = e.SecretHash,
            ExpiresAt = e.ExpiresAt,
            CreatedBy = context.Actor.Id,
            CreatedAt = e.At,
        });
        Fold<ApiKeyRenamed>(e => e.ApiKeyId, e => e.At, (row, e, _) => row with { Name = e.Name });
        Fold<ApiKeyRotated>(e => e.ApiKeyId, e => e.At, (row, e, _) => row with
        {
            SecretHash = e.SecretHash,
            PreviousHash = row.SecretHash,
            PreviousValidUntil = e.PreviousValidUntil,
        });
        Fold<ApiKeyRevoked>(e => e.ApiKeyId, e => e.At, (row, e, _) => row with { RevokedAt = e.At });
        Index("created_at", "id");
    }

    private void Fold<TEvent>(Func<TEvent, ApiKeyId> id, Func<TEvent, DateTimeOffset> at, Func<ApiKeyView, TEvent, FoldContext, ApiKeyView> fold) where TEvent : ApiKeyEvent =>
        On<TEvent>(e => ApiKeyView.Empty(id(e)), (row, e, context) => fold(row, e, context) with { UpdatedAt = at(e), Version = context.Version });
}
