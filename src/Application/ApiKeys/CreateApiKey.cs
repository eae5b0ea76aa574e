using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;
using MediatR;

namespace Mainstreet.Application.ApiKeys;

/// <summary>
/// A key for a program (IAM-13), with permissions that whoever creates it holds. Errors: name_invalid, scopes_invalid, expiry_invalid,
/// permission_unknown, scope_not_for_keys (400); scopes_above_yours, api_access_not_in_plan (403).
/// </summary>
/// <param name="Held">What the creator may do at this moment.</param>
public sealed record CreateApiKey(ApiKeyKind Kind, string? Name, string[] Scopes, DateTimeOffset? ExpiresAt, IReadOnlySet<string> Held) : IRequest<ApiKeyReceipt>;

/// <summary>The only answer that leads to a key. It is stored sealed, so that a repeated request shows the same one.</summary>
/// <param name="PreviousValidUntil">After a rotation: until when the key from before goes on.</param>
public sealed record ApiKeyReceipt(ApiKeyId KeyId, string SealedKey, DateTimeOffset At, DateTimeOffset? PreviousValidUntil, int Version) : Committed(Version);

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator()
    {
        RuleForEach(c => c.Scopes).IsOfBusinesses();
        RuleForEach(c => c.Scopes).IsForKeys();
    }
}

internal sealed class CreateApiKeyHandler(ILane lane, IEntitlements entitlements, ApiKeySecrets secrets, ITenantContext context) : IRequestHandler<CreateApiKey, ApiKeyReceipt>
{
    public async Task<ApiKeyReceipt> Handle(CreateApiKey command, CancellationToken cancellationToken)
    {
        ApiKeyErrors.CheckHolds(command.Held, command.Scopes);
        Check.That((await entitlements.Of(context.Tenant, cancellationToken)).OpensTo(command.Kind), ApiKeyErrors.NotInPlan);
        var key = ApiKeyText.New(command.Kind, context.IsSandbox, context.Tenant, new(Uuid.New()));
        var id = key.KeyId.Value;
        return await lane.Run(
            streams => streams.Of<ApiKey>(id),
            (log, now) =>
            {
                log.Append<ApiKey, ApiKeyEvent>(
                    id, ApiKey.Create(key.KeyId, command.Kind, command.Name, Permissions.Sorted(command.Scopes), key.Hash, command.ExpiresAt, now));
                return new ApiKeyReceipt(key.KeyId, secrets.Seal(key), now, PreviousValidUntil: null, log.Version(id));
            },
            cancellationToken);
    }
}
