using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// Tells the gateway that a method is not the customer's any more, for as long as it takes to reach it, and forgets what it calls it. An order that was placed with it and is
/// not paid yet comes first. A gateway whose connection was ended for good cannot be told.
/// </summary>
/// <param name="ConnectionId">Opens the gateway; null where it is simulated.</param>
[Message("payment_method.detach", Queues.Payments, Purpose.Erase)]
public sealed record DetachPaymentMethod(PaymentMethodId PaymentMethodId, string Provider, ConnectionId? ConnectionId) : IRequest<Committed>;

/// <summary>The account is closed: nothing is kept of it, here and at gateways.</summary>
[Message("payment_method.close_wallet", Queues.Payments, Purpose.Erase)]
public sealed record CloseWallet(AccountId AccountId) : IRequest<Committed>;

/// <summary>The gateway keeps nothing more of the account.</summary>
[Message("payment_method.forget_customer", Queues.Payments, Purpose.Erase)]
public sealed record ForgetGatewayCustomer(AccountId AccountId, string Provider, ConnectionId? ConnectionId) : IRequest<Committed>;

/// <summary>An account is closed by an erasure, or because it was merged with another one.</summary>
internal sealed class WalletsOfClosedAccounts : Policy
{
    public WalletsOfClosedAccounts() : base("wallets_of_closed_accounts") => On<CustomerAccountClosed>(e => Schedule(new CloseWallet(e.AccountId), e.At));
}

internal sealed class DetachPaymentMethodHandler(IAggregates aggregates, ILane lane, IReadStore reads, IPaymentProviders providers, ISealedSecrets secrets) :
    IRequestHandler<DetachPaymentMethod, Committed>, IRequestHandler<CloseWallet, Committed>, IRequestHandler<ForgetGatewayCustomer, Committed>
{
    /// <summary>Such an order is given up within minutes when nobody pays it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public async Task<Committed> Handle(DetachPaymentMethod command, CancellationToken cancellationToken)
    {
        if (await IsAwaited(command.PaymentMethodId, cancellationToken))
        {
            return await lane.Run(
                _ => { },
                (log, now) =>
                {
                    log.Schedule(command, now + Pause);
                    return new Committed(0);
                },
                cancellationToken);
        }

        var id = command.PaymentMethodId.Value;
        if (MethodTokens.Read(await secrets.Find(id, cancellationToken)) is { } tokens)
        {
            if (await providers.Find(command.Provider, command.ConnectionId, cancellationToken) is IMethodKeeper keeper)
            {
                await keeper.Detach(tokens.Reference, $"{id}/detach", cancellationToken);
            }

            await secrets.Remove([id], cancellationToken);
        }

        return new(0);
    }

    public async Task<Committed> Handle(CloseWallet command, CancellationToken cancellationToken)
    {
        var stream = Wallet.StreamOf(command.AccountId);
        if (await aggregates.Find<Wallet, WalletEvent>(stream, cancellationToken) is null)
        {
            return new(0);
        }

        var setups = Array.Empty<Guid>();
        var committed = await lane.Run(
            streams => streams.Of<Wallet>(stream),
            (log, now) =>
            {
                var wallet = log.Get<Wallet>(stream);
                setups = [.. wallet.Setups.Select(setup => setup.Id.Value)];
                log.AppendWallet(stream, now, wallet.Close(now));
                foreach (var gateway in wallet.Gateways)
                {
                    log.Schedule(new ForgetGatewayCustomer(command.AccountId, gateway.Provider, gateway.ConnectionId), now);
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
        await secrets.Remove(setups, cancellationToken);
        return committed;
    }

    public async Task<Committed> Handle(ForgetGatewayCustomer command, CancellationToken cancellationToken)
    {
        var id = GatewayCustomer.SecretOf(command.AccountId, new(command.Provider, command.ConnectionId));
        if (await secrets.Find(id, cancellationToken) is { } customer)
        {
            if (await providers.Find(command.Provider, command.ConnectionId, cancellationToken) is IMethodKeeper keeper)
            {
                await keeper.ForgetCustomer(customer, cancellationToken);
            }

            await secrets.Remove([id], cancellationToken);
        }

        return new(0);
    }

    /// <summary>An order that was placed with it is paid with it, or its payment has failed and the customer takes another.</summary>
    private async Task<bool> IsAwaited(PaymentMethodId method, CancellationToken cancellationToken) => await reads.List<Guid>(
        """
        select o.order_id from rm.chosen_payment_methods c join rm.orders o on o.order_id = c.order_id
         where c.payment_method_id = @method and o.status = 'awaiting_payment' and not exists (select from rm.payments p where p.order_id = c.order_id and p.status = 'failed')
        """, new { method }, cancellationToken) is not [];
}
