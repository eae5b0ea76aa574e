using Mainstreet.Application.Customers;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Application.Wallets;

/// <summary>What of a customer's methods the shop can be paid with: those that are kept at the gateway through which it is paid now.</summary>
public sealed class SavedMethods(IAggregates aggregates, IReadStore reads, IKnownSecrets secrets, ITenantContext tenant)
{
    /// <summary>An account that was revoked and connected anew is another connection, and the methods are where they were.</summary>
    private const string PresentConnections =
        """
        select known.connection_id from rm.payment_gateways gateway
          join rm.business_profile business on business.currency = gateway.currency
          join rm.connections present on present.connection_id = gateway.connection_id and present.status = 'connected'
          join rm.connections known on known.provider = present.provider and known.account = present.account
        """;

    /// <summary>Why an order could not be paid with each now; null: it can.</summary>
    internal async Task<IReadOnlyDictionary<PaymentMethodId, DomainError?>> Problems(IReadOnlyCollection<SavedMethod> methods, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = methods.Where(method => method.Gateway is not null).ToArray();
        HashSet<Guid> present = tenant.IsSandbox || kept is [] ? [] : [.. await reads.List<Guid>(PresentConnections, null, cancellationToken)];
        var tokens = kept is [] ? new Dictionary<Guid, string>() : await secrets.Find([.. kept.Select(method => method.Id.Value)], cancellationToken); // a log that came from elsewhere has none
        return methods.ToDictionary(method => method.Id, Problem);

        DomainError? Problem(SavedMethod method) =>
            method.Gateway is null ? null
            : !tokens.ContainsKey(method.Id.Value) || (method.Gateway.ConnectionId is { } connection ? !present.Contains(connection.Value) : !tenant.IsSandbox) ? WalletErrors.OfOtherGateway
            : method.IsExpired(now) ? WalletErrors.Expired
            : null;
    }

    /// <summary>Null without a method. Errors: payment_method_needs_account, payment_method_unknown, payment_method_of_other_gateway (422); the others are the lane's to say.</summary>
    internal async Task<NamedMethod?> Find(PaymentMethodId? id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (id is not { } named)
        {
            return null;
        }

        var account = tenant.Customer() ?? throw new DomainException(WalletErrors.NeedsAccount);
        var wallet = await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account), cancellationToken);
        var method = wallet?.State.Find(named) ?? throw new DomainException(WalletErrors.Unknown);
        Check.That((await Problems([method], now, cancellationToken))[named] is not { } problem || problem == WalletErrors.Expired, WalletErrors.OfOtherGateway);
        return new(account, named);
    }

    /// <summary>
    /// What an order is to be paid with at once, as its customer has chosen. Null: nothing was chosen. <see cref="ChosenTokens.Method"/> is null where the provider is not the
    /// one that keeps it.
    /// </summary>
    internal async Task<ChosenTokens?> Of(OrderId order, IPaymentProvider provider, CancellationToken cancellationToken) =>
        await aggregates.Find<ChosenMethod, ChosenMethodEvent>(ChosenMethod.StreamOf(order), cancellationToken) is not { State: { } chosen } ? null
        : new(provider is IMethodKeeper && await IsAt(chosen.ConnectionId, provider, cancellationToken) ? MethodTokens.Read(await secrets.Find(chosen.PaymentMethodId.Value, cancellationToken)) : null);

    private async Task<bool> IsAt(ConnectionId? kept, IPaymentProvider provider, CancellationToken cancellationToken) => kept is { } connection && provider.Connection is { } present
        ? (await reads.List<Guid>(
            """
            select known.connection_id from rm.connections known join rm.connections present on present.provider = known.provider and present.account = known.account
             where known.connection_id = @connection and present.connection_id = @present
            """, new { connection, present }, cancellationToken)) is not []
        : kept is null == provider.Connection is null;
}

/// <param name="Method">Null: it cannot be had.</param>
internal sealed record ChosenTokens(MethodTokens? Method);

/// <summary>That an order names a saved method, as it is known before the lane is taken.</summary>
internal sealed record NamedMethod(AccountId Account, PaymentMethodId Method)
{
    /// <summary>Errors: payment_method_unknown, payment_method_mismatch, payment_method_expired (422).</summary>
    public void Choose(ILaneLog log, OrderId order, PaymentMethod paid, DateTimeOffset now)
    {
        var wallet = log.Find<Wallet>(Wallet.StreamOf(Account)) ?? throw new DomainException(WalletErrors.Unknown);
        var method = wallet.Choose(Method, paid, now);
        if (method.Gateway is { } gateway)
        {
            log.Append<ChosenMethod, ChosenMethodEvent>(ChosenMethod.StreamOf(order), ChosenMethod.Choose(order, Account, Method, gateway.ConnectionId, now));
        }
    }
}
