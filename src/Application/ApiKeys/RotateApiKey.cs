using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;
using MediatR;

namespace Mainstreet.Application.ApiKeys;

/// <summary>
/// Another secret; the one before goes on for <paramref name="Overlap"/>. Errors: overlap_invalid (400); scopes_above_yours,
/// api_access_not_in_plan (403); not_found (404); api_key_revoked, api_key_expired (409); stale_version (412).
/// </summary>
/// <param name="Held">What the caller may do at this moment: whoever rotates a key sees it.</param>
/// <param name="Overlap">0 to 7 days; null: 24 hours.</param>
public sealed record RotateApiKey(ApiKeyId KeyId, IReadOnlySet<string> Held, TimeSpan? Overlap = null, int? ExpectedVersion = null) : IRequest<ApiKeyReceipt>;

internal sealed class RotateApiKeyHandler(ILane lane, IEntitlements entitlements, ApiKeySecrets secrets, ITenantContext context) : IRequestHandler<RotateApiKey, ApiKeyReceipt>
{
    public async Task<ApiKeyReceipt> Handle(RotateApiKey command, CancellationToken cancellationToken)
    {
        var (id, overlap, plan) = (command.KeyId.Value, command.Overlap ?? ApiKey.DefaultOverlap, await entitlements.Of(context.Tenant, cancellationToken));
        return await lane.Run(
            streams => streams.Of<ApiKey>(id),
            (log, now) =>
            {
                var key = log.Find<ApiKey>(id) ?? throw new DomainException(ApiKeyErrors.NotFound);
                log.Expect(id, command.ExpectedVersion);
                ApiKeyErrors.CheckHolds(command.Held, key.Scopes);
                Check.That(plan.OpensTo(key.Kind), ApiKeyErrors.NotInPlan);
                var text = ApiKeyText.New(key.Kind, context.IsSandbox, context.Tenant, key.Id);
                log.Append<ApiKey, ApiKeyEvent>(id, key.Rotate(text.Hash, overlap, now));
                return new ApiKeyReceipt(key.Id, secrets.Seal(text), now, now + overlap, log.Version(id));
            },
            cancellationToken);
    }
}
