using Mainstreet.Application.Connections;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// Tells the gateway that a method is not the customer's any more, for as long as it takes to reach it, and forgets what it calls it. An order that was placed with it and is
/// not paid yet comes first. A gateway whose connection was ended for good cannot be told; one that refuses is told again for a day and a half, because its connection can be
/// mended.
/// </summary>
/// <param name="ConnectionId">Opens the gateway; null where it is simulated.</param>
/// <param name="Again">How often it was told again.</param>
[Message("payment_method.detach", Queues.Payments, Purpose.Erase)]
public sealed record DetachPaymentMethod(PaymentMethodId PaymentMethodId, string Provider, ConnectionId? ConnectionId, int Again = 0) : IRequest<Committed>;

/// <summary>
/// The account is closed: nothing is kept of it, here and at gateways. A setup may have been under way, and made a customer there without a wallet here: so it is looked once
/// more when no request can be.
/// </summary>
[Message("payment_method.close_wallet", Queues.Payments, Purpose.Erase)]
public sealed record CloseWallet(AccountId AccountId, bool IsLast = false) : IRequest<Committed>;

/// <summary>The gateway keeps nothing more of the account. Orders that were placed with what it has come first, as with <see cref="DetachPaymentMethod"/>.</summary>
/// <param name="Again">How often it was told again.</param>
[Message("payment_method.forget_customer", Queues.Payments, Purpose.Erase)]
public sealed record ForgetGatewayCustomer(AccountId AccountId, string Provider, ConnectionId? ConnectionId, int Again = 0) : IRequest<Committed>;

/// <summary>An account is closed by an erasure, or because it was merged with another one.</summary>
internal sealed class WalletsOfClosedAccounts : Policy
{
    public WalletsOfClosedAccounts() : base("wallets_of_closed_accounts") => On<CustomerAccountClosed>(e => Schedule(new CloseWallet(e.AccountId), e.At));
}

internal sealed class DetachPaymentMethodHandler(ILane lane, IReadStore reads, IPaymentProviders providers, ISealedSecrets secrets) :
    IRequestHandler<DetachPaymentMethod, Committed>, IRequestHandler<CloseWallet, Committed>, IRequestHandler<ForgetGatewayCustomer, Committed>
{
    /// <summary>Such an order is given up within minutes when nobody pays it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Longer than any request goes on.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    public async Task<Committed> Handle(DetachPaymentMethod command, CancellationToken cancellationToken)
    {
        var id = command.PaymentMethodId.Value;
        if (await IsAwaited(id, cancellationToken))
        {
            return await Wait(command, cancellationToken);
        }

        return MethodTokens.Read(await secrets.Find(id, cancellationToken)) is not { } tokens ? new(0) : await Tell(
            id, command.Provider, command.ConnectionId, keeper => keeper.Detach(tokens.Reference, Attempts.Key($"{id}/detach", command.Again), cancellationToken),
            command.Again, $"payment-method-detach:{id}", command with { Again = command.Again + 1 }, cancellationToken);
    }

    public async Task<Committed> Handle(CloseWallet command, CancellationToken cancellationToken)
    {
        var (account, stream) = (command.AccountId, Wallet.StreamOf(command.AccountId));
        var known = await Knowing(account, cancellationToken);
        return await lane.Run(
            streams => streams.Of<Wallet>(stream),
            (log, now) =>
            {
                var wallet = log.Find<Wallet>(stream);
                log.AppendWallet(stream, now, wallet?.Close(now) ?? []);
                foreach (var gateway in known.Union(wallet?.Gateways ?? []))
                {
                    log.Schedule(new ForgetGatewayCustomer(account, gateway.Provider, gateway.ConnectionId), now);
                }

                if (!command.IsLast)
                {
                    log.Schedule(command with { IsLast = true }, now + Later);
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }

    public async Task<Committed> Handle(ForgetGatewayCustomer command, CancellationToken cancellationToken)
    {
        if (await IsAwaited(command.AccountId.Value, cancellationToken))
        {
            return await Wait(command, cancellationToken);
        }

        var id = GatewayCustomer.SecretOf(command.AccountId, new(command.Provider, command.ConnectionId));
        return await secrets.Find(id, cancellationToken) is not { } customer ? new(0) : await Tell(
            id, command.Provider, command.ConnectionId, keeper => keeper.ForgetCustomer(customer, cancellationToken),
            command.Again, $"payment-method-forget:{id}", command with { Again = command.Again + 1 }, cancellationToken);
    }

    /// <summary>What is kept goes once the gateway knows.</summary>
    private async Task<Committed> Tell(
        Guid secret, string provider, ConnectionId? connection, Func<IMethodKeeper, Task> tell, int again, string question, IRequest<Committed> next, CancellationToken cancellationToken)
    {
        try
        {
            if (await providers.Find(provider, connection, cancellationToken) is IMethodKeeper keeper)
            {
                await tell(keeper);
            }
        }
        catch (DomainException) when (again < AskAgain.Most)
        {
            return await lane.AskLater(again, question, next, cancellationToken);
        }

        await secrets.Remove([secret], cancellationToken);
        return new(0);
    }

    private Task<Committed> Wait(IRequest<Committed> command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            log.Schedule(command, now + Pause);
            return new Committed(0);
        },
        cancellationToken);

    /// <summary>Gateways that were told of the account, also where no setup came of it and so no wallet.</summary>
    private async Task<MethodGateway[]> Knowing(AccountId account, CancellationToken cancellationToken)
    {
        var connections = await reads.List<ConnectionView>("select * from rm.connections", null, cancellationToken);
        MethodGateway[] all = [new(SimulatedMethod.Provider, ConnectionId: null), .. connections.Select(connection => new MethodGateway(connection.Provider, connection.ConnectionId))];
        var kept = await secrets.Find([.. all.Select(gateway => GatewayCustomer.SecretOf(account, gateway))], cancellationToken);
        return [.. all.Where(gateway => kept.ContainsKey(GatewayCustomer.SecretOf(account, gateway)))];
    }

    /// <summary>An order that was placed with it is paid with it, or its payment has failed and the customer takes another.</summary>
    /// <param name="id">Of a method, or of an account.</param>
    private async Task<bool> IsAwaited(Guid id, CancellationToken cancellationToken) => await reads.List<Guid>(
        """
        select o.order_id from rm.chosen_payment_methods c join rm.orders o on o.order_id = c.order_id
         where (c.payment_method_id = @id or c.account_id = @id) and o.status = 'awaiting_payment' and not exists (select from rm.payments p where p.order_id = c.order_id and p.status = 'failed')
        """, new { id }, cancellationToken) is not [];
}

internal static class Attempts
{
    /// <summary>A gateway answers a repeated key as before, and a refusal is not to be repeated.</summary>
    public static string Key(string key, int again) => again == 0 ? key : $"{key}/{again}";
}
