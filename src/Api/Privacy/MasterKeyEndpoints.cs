using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Privacy;
using MediatR;

namespace Mainstreet.Api.Privacy;

/// <summary>Changing the master key while the product runs.</summary>
internal static class MasterKeyEndpoints
{
    public static void MapMasterKey(this IEndpointRouteBuilder api)
    {
        var key = api.MapGroup("/admin/master-key").WithTags("Operations").RequirePermission(Permissions.AdminKeys);
        key.MapGet("/", Get).WithName("GetMasterKey");
        key.MapPost("/rotations", Rotate).WithName("RotateMasterKey").RequireStepUp();
    }

    private static async Task<OkAnswer<MasterKeyBody>> Get(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(MasterKeyBody.Of(await mediator.Send(new GetMasterKey(), cancellationToken)));

    private static async Task<NoContentAnswer> Rotate(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RotateMasterKey(), cancellationToken));
}

/// <param name="KeyId">Names the present key, which seals.</param>
/// <param name="PreviousKeyIds">Keys that are configured to open what they sealed.</param>
/// <param name="Rotated">Everything is sealed with the present key: the others can be removed from the configuration.</param>
/// <param name="Sealing">What is sealed with which key.</param>
internal sealed record MasterKeyBody(string KeyId, IReadOnlyList<string> PreviousKeyIds, bool Rotated, IReadOnlyList<SealingKey> Sealing)
{
    public static MasterKeyBody Of(MasterKeyState state) => new(state.KeyId, state.PreviousKeyIds, state.IsRotated, state.Sealing);
}
