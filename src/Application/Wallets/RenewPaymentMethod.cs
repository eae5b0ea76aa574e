using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// The gateway has another card in the place of one: it is asked which, for what it tells may come late and out of order (PAY-09). Nothing follows where the method is none of
/// ours: a business's customers save methods elsewhere too.
/// </summary>
public sealed record LookAtSavedMethod(PaymentMethodId PaymentMethodId) : IRequest<Committed>;

/// <summary>Asks the gateway which card it has, for as long as it takes to reach it.</summary>
[Message("payment_method.renew", Queues.Payments)]
public sealed record RenewPaymentMethod(AccountId AccountId, PaymentMethodId PaymentMethodId) : IRequest<Committed>;

internal sealed class RenewPaymentMethodHandler(IAggregates aggregates, ILane lane, IReadStore reads, IPaymentProviders providers, ISealedSecrets secrets) :
    IRequestHandler<LookAtSavedMethod, Committed>, IRequestHandler<RenewPaymentMethod, Committed>
{
    public async Task<Committed> Handle(LookAtSavedMethod command, CancellationToken cancellationToken) =>
        await WalletView.Owner(reads, command.PaymentMethodId.Value, cancellationToken) is not { } account ? new(0)
            : await lane.Run(
                _ => { },
                (log, now) =>
                {
                    log.Schedule(new RenewPaymentMethod(account, command.PaymentMethodId), now);
                    return new Committed(0);
                },
                cancellationToken);

    public async Task<Committed> Handle(RenewPaymentMethod command, CancellationToken cancellationToken)
    {
        var (id, stream) = (command.PaymentMethodId, Wallet.StreamOf(command.AccountId));
        if (await aggregates.Find<Wallet, WalletEvent>(stream, cancellationToken) is not { State: var wallet, Version: var version } || wallet.Find(id)?.Gateway is not { } gateway
            || MethodTokens.Read(await secrets.Find(id.Value, cancellationToken)) is not { } tokens
            || await providers.Find(gateway.Provider, gateway.ConnectionId, cancellationToken) is not IMethodKeeper keeper
            || await keeper.FindCard(tokens.Reference, cancellationToken) is not { } card)
        {
            return new(0); // that it is gone is told as that
        }

        return await lane.Run(
            streams => streams.OfWallet(command.AccountId),
            (log, now) =>
            {
                if (log.Find<CustomerAccount>(command.AccountId.Value) is { Closed: false })
                {
                    Renew(log, now);
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);

        void Renew(ILaneLog log, DateTimeOffset now)
        {
            if (log.Version(stream) == version)
            {
                log.AppendWallet(stream, now, log.WalletOf(command.AccountId).Renew(id, card, now));
            }
            else
            {
                log.Schedule(command, now); // a twin may have been answered later than this one, and written first
            }
        }
    }
}
