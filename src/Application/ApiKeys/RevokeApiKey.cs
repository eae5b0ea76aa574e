using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;
using MediatR;

namespace Mainstreet.Application.ApiKeys;

/// <summary>For good, and at once: the next request with the key is refused. Errors: not_found (404), stale_version (412).</summary>
public sealed record RevokeApiKey(ApiKeyId KeyId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class RevokeApiKeyHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RevokeApiKey, Committed>
{
    public Task<Committed> Handle(RevokeApiKey command, CancellationToken cancellationToken) =>
        aggregates.Update<ApiKey, ApiKeyEvent>(command.KeyId.Value, command.ExpectedVersion, key => key.Revoke(clock.GetUtcNow()), cancellationToken);
}
