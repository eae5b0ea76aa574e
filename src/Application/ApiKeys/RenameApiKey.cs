using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;
using MediatR;

namespace Mainstreet.Application.ApiKeys;

/// <summary>What is left out stays. Errors: name_invalid (400), not_found (404), api_key_revoked (409), stale_version (412).</summary>
public sealed record RenameApiKey(ApiKeyId KeyId, Change<string>? Name, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class RenameApiKeyHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RenameApiKey, Committed>
{
    public Task<Committed> Handle(RenameApiKey command, CancellationToken cancellationToken) => aggregates.Update<ApiKey, ApiKeyEvent>(
        command.KeyId.Value, command.ExpectedVersion,
        key => key.Rename(command.Name is { } name ? name.To : key.Name, clock.GetUtcNow()), cancellationToken);
}
