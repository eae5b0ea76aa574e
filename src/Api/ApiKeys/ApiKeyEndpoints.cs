using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.ApiKeys;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.ApiKeys;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.ApiKeys;

/// <summary>Keys with which programs use the API in the name of the business (IAM-13).</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/business/api-keys").WithTags("API keys");
        keys.MapGet("/", List).WithName("ListApiKeys").RequirePermission(Permissions.KeysRead);
        keys.MapGet("/{keyId:guid}", Get).WithName("GetApiKey").RequirePermission(Permissions.KeysRead);
        keys.MapPost("/", Create).WithName("CreateApiKey").RequirePermission(Permissions.KeysWrite).RequireStepUp()
            .Refuses(400, "name_invalid", "scopes_invalid", "expiry_invalid").Refuses(403, "scopes_above_yours", "api_access_not_in_plan");
        keys.MapPatch("/{keyId:guid}", Rename).WithName("RenameApiKey").RequirePermission(Permissions.KeysWrite)
            .Refuses(400, "name_invalid").Refuses(409, "api_key_revoked");
        keys.MapPost("/{keyId:guid}/rotate", Rotate).WithName("RotateApiKey").RequirePermission(Permissions.KeysWrite).RequireStepUp()
            .Refuses(400, "overlap_invalid", "invalid_duration").Refuses(403, "scopes_above_yours", "api_access_not_in_plan").Refuses(409, "api_key_revoked", "api_key_expired");
        keys.MapDelete("/{keyId:guid}", Revoke).WithName("RevokeApiKey").RequirePermission(Permissions.KeysWrite)
            .For(Purpose.Attend); // a key that is in wrong hands
    }

    private static async Task<PageAnswer<ApiKeyBody>> List(Paging paging, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListApiKeys(paging), cancellationToken), entry => ApiKeyBody.Of(entry, clock.GetUtcNow()));

    private static async Task<OkAnswer<ApiKeyBody>> Get(Guid keyId, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var entry = await mediator.Send(new GetApiKey(new(keyId)), cancellationToken);
        return Answers.Ok(ApiKeyBody.Of(entry, clock.GetUtcNow()), entry.Key.Version);
    }

    private static async Task<CreatedAnswer<NewApiKeyBody>> Create(
        CreateApiKeyRequest request, Caller caller, ApiKeySecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var scopes = request.Scopes ?? [];
        var receipt = await mediator.Send(new CreateApiKey(request.Kind, request.Name, scopes, request.ExpiresAt, caller.Permissions), cancellationToken);
        return Answers.Created(
            $"/business/api-keys/{receipt.KeyId}",
            new NewApiKeyBody(
                receipt.KeyId.Value, request.Kind, request.Name, Permissions.Sorted(scopes), secrets.Open(receipt), request.ExpiresAt, receipt.Version, receipt.At),
            receipt);
    }

    private static async Task<NoContentAnswer> Rename(
        Guid keyId, RenameApiKeyRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(keyId), ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<RotatedApiKeyBody>> Rotate(
        Guid keyId, RotateApiKeyRequest? request, IfMatch ifMatch, Caller caller, ApiKeySecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new RotateApiKey(new(keyId), caller.Permissions, Durations.Read(request?.Overlap, "/overlap"), ifMatch.Version), cancellationToken);
        return Answers.Ok(new RotatedApiKeyBody(secrets.Open(receipt), receipt.PreviousValidUntil!.Value), receipt);
    }

    private static async Task<NoContentAnswer> Revoke(Guid keyId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RevokeApiKey(new(keyId), ifMatch.Version), cancellationToken));
}

/// <param name="Scopes">Permissions that the caller holds; GET /business/permissions tells which ones keys may hold. None of a publishable key.</param>
/// <param name="Kind">secret: for programs that nobody else reads. publishable: for web pages, and good for what guests do at the storefront.</param>
/// <param name="ExpiresAt">Left out: never.</param>
internal sealed record CreateApiKeyRequest(string[]? Scopes = null, ApiKeyKind Kind = ApiKeyKind.Secret, string? Name = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A member that is left out stays as it is. A name that is null is removed.</summary>
internal sealed record RenameApiKeyRequest
{
    private Change<string>? name;

    public string? Name
    {
        get => name?.To;
        init => name = new(value);
    }

    public RenameApiKey ToCommand(Domain.ApiKeyId key, int? expectedVersion) => new(key, name, expectedVersion);
}

/// <param name="Overlap">How long the key from before goes on: an ISO 8601 duration up to P7D; PT24H when left out.</param>
internal sealed record RotateApiKeyRequest(string? Overlap = null);

/// <param name="Key">It is shown this once.</param>
internal sealed record NewApiKeyBody(
    Guid Id, ApiKeyKind Kind, string? Name, string[] Scopes, string Key, DateTimeOffset? ExpiresAt, int Version, DateTimeOffset CreatedAt);

/// <param name="Key">It is shown this once.</param>
/// <param name="PreviousValidUntil">Until then the key from before is good as well.</param>
internal sealed record RotatedApiKeyBody(string Key, DateTimeOffset PreviousValidUntil);

internal enum ApiKeyStatus
{
    Active,
    Expired,
    Revoked,
}

/// <param name="PreviousValidUntil">Until then the key from before the last rotation is good as well.</param>
/// <param name="CreatedBy">A user.</param>
/// <param name="LastUsedAt">To the minute, by the wall clock; absent: never.</param>
internal sealed record ApiKeyBody(
    Guid Id, ApiKeyKind Kind, string? Name, string[] Scopes, ApiKeyStatus Status, DateTimeOffset? ExpiresAt, DateTimeOffset? PreviousValidUntil, DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt, Guid? CreatedBy, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ApiKeyBody Of(ApiKeyEntry entry, DateTimeOffset now)
    {
        var key = entry.Key;
        var status = key.RevokedAt is not null ? ApiKeyStatus.Revoked : key.ExpiresAt <= now ? ApiKeyStatus.Expired : ApiKeyStatus.Active;
        return new(
            key.Id.Value, key.Kind, key.Name, key.Scopes, status, key.ExpiresAt, key.PreviousValidUntil, key.RevokedAt, entry.LastUsedAt, key.CreatedBy, key.Version,
            key.CreatedAt, key.UpdatedAt);
    }
}
