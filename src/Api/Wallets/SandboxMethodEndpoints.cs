using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Api.Wallets;

/// <summary>In a test business, what a gateway would tell of a setup. A live one has no such routes: 404.</summary>
internal static class SandboxMethodEndpoints
{
    public static void MapSandboxMethodSetups(this IEndpointRouteBuilder api)
    {
        var setups = api.MapGroup("/sandbox/payment-method-setups/{setupId:guid}").WithTags("Sandbox").RequirePermission(Permissions.SandboxWrite).For(Purpose.Attend).Refuses(404, "not_found");
        setups.MapPost("/complete", Complete).WithName("CompleteSandboxMethodSetup").Refuses(400, "card_invalid");
        setups.MapPost("/fail", Fail).WithName("FailSandboxMethodSetup");
    }

    private static async Task<NoContentAnswer> Complete(Guid setupId, CompleteMethodSetupRequest? request, IMediator mediator, CancellationToken cancellationToken)
    {
        var card = request ?? new();
        return Answers.NoContent(await mediator.Send(
            new SimulateMethodSetup(
                new(setupId), card.Wallet ? SavedMethodType.DigitalWallet : SavedMethodType.Card, new(card.Brand, card.Last4, card.ExpMonth, card.ExpYear)), cancellationToken));
    }

    private static async Task<NoContentAnswer> Fail(Guid setupId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SimulateMethodSetup(new(setupId), SavedMethodType.Card, Card: null), cancellationToken));
}
