using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>The setup is settled: what opens it at the gateway is not kept any more.</summary>
[Message("payment_method.forget_setup", Queues.Payments, Purpose.Erase)]
public sealed record ForgetMethodSetup(MethodSetupId SetupId) : IRequest<Committed>;

internal sealed class ForgetMethodSetupHandler(ISealedSecrets secrets) : IRequestHandler<ForgetMethodSetup, Committed>
{
    public async Task<Committed> Handle(ForgetMethodSetup command, CancellationToken cancellationToken)
    {
        await secrets.Remove([command.SetupId.Value], cancellationToken);
        return new(0);
    }
}
