using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>Through which connection the business is paid in a currency.</summary>
public sealed record PaymentGatewayView(
    [property: Key] Guid GatewayId, string Currency, string Provider, ConnectionId ConnectionId, DateTimeOffset ChangedAt, int Version);

/// <summary>
/// From now on the business is paid in this currency through this connection (PAY-02). Errors: not_found (404), also for what is no currency, connection_pending,
/// connection_revoked, connection_reauth_required (409), stale_version (412), connection_not_for_payments, payment_test_key,
/// gateway_currency_not_supported (422).
/// </summary>
public sealed record ChoosePaymentGateway(string Currency, ConnectionId ConnectionId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Errors: not_found (404), stale_version (412).</summary>
public sealed record RemovePaymentGateway(string Currency, int? ExpectedVersion) : IRequest<Committed>;

public sealed record ListPaymentGateways : IRequest<IReadOnlyList<PaymentGatewayView>>;

internal sealed class PaymentGatewaysProjection : Projection<PaymentGatewayView>
{
    public PaymentGatewaysProjection() : base("payment_gateways", version: 1, inline: true)
    {
        On<PaymentGatewayChosen>(Empty, (row, e, context) =>
            row with { Currency = e.Currency, Provider = e.Provider, ConnectionId = e.ConnectionId, ChangedAt = e.At, Version = context.Version });
        On<PaymentGatewayRemoved>(Empty, (_, _, _) => null);
    }

    private static PaymentGatewayView Empty(PaymentGatewayEvent e, FoldContext context) => new(context.StreamId, "", "", default, default, 0);
}

internal sealed class PaymentGatewaysHandler(ILane lane, IAggregates aggregates, IReadStore reads, ISealedSecrets secrets, ITenantContext tenant, TimeProvider clock) :
    IRequestHandler<ChoosePaymentGateway, Committed>, IRequestHandler<RemovePaymentGateway, Committed>,
    IRequestHandler<ListPaymentGateways, IReadOnlyList<PaymentGatewayView>>
{
    public async Task<Committed> Handle(ChoosePaymentGateway command, CancellationToken cancellationToken)
    {
        var id = PaymentGateway.StreamOf(command.Currency);
        var known = await aggregates.Find<Connection, ConnectionEvent>(command.ConnectionId.Value, cancellationToken) ?? throw new DomainException(ConnectionErrors.NotFound);
        known.State.RequireConnected();
        PaymentCredentials.Check(known.State.Provider, await known.State.Credentials(secrets, cancellationToken), isLive: !tenant.IsSandbox);
        return await lane.Run(
            streams => streams.Of<PaymentGateway>(id).Of<Connection>(command.ConnectionId.Value),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                var connection = log.Find<Connection>(command.ConnectionId.Value) ?? throw new DomainException(ConnectionErrors.NotFound);
                connection.RequireConnected();
                log.Append<PaymentGateway, PaymentGatewayEvent>(
                    id, PaymentGateway.Choose(log.Find<PaymentGateway>(id), command.Currency, connection.Provider, connection.Id, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    public Task<Committed> Handle(RemovePaymentGateway command, CancellationToken cancellationToken) => aggregates.Update<PaymentGateway, PaymentGatewayEvent>(
        PaymentGateway.StreamOf(command.Currency), command.ExpectedVersion, gateway => gateway.Remove(clock.GetUtcNow()), cancellationToken);

    public Task<IReadOnlyList<PaymentGatewayView>> Handle(ListPaymentGateways query, CancellationToken cancellationToken) =>
        reads.List<PaymentGatewayView>("select * from rm.payment_gateways order by currency", null, cancellationToken);
}

/// <summary>With what a connection has to be opened, so that the business can be paid through it.</summary>
public static class PaymentCredentials
{
    private static readonly Dictionary<string, string[]> needed = new(StringComparer.Ordinal)
    {
        ["paypal"] = [ConnectionProvider.Key, ConnectionProvider.KeySecret],
        ["stripe"] = [ConnectionProvider.Key],
        ["toyyibpay"] = [ConnectionProvider.WebhookSecret],
    };

    /// <summary>Of Stripe: secret and restricted ones.</summary>
    private static readonly string[] testKeys = ["sk_test_", "rk_test_"];

    /// <summary>
    /// Rejects <c>connection_not_for_payments</c>, and of live businesses <c>payment_test_key</c>: their orders would be paid with cards that do not exist.
    /// </summary>
    public static void Check(string provider, IReadOnlyDictionary<string, string> credentials, bool isLive)
    {
        var names = needed.GetValueOrDefault(provider) ?? throw new DomainException(PaymentErrors.NotForPayments(provider, missing: null));
        var missing = Array.Find(names, name => !credentials.ContainsKey(name));
        Domain.Check.That(missing is null, PaymentErrors.NotForPayments(provider, missing));
        Domain.Check.That(!isLive || !names.Any(name => testKeys.Any(begin => credentials[name].StartsWith(begin, StringComparison.Ordinal))), PaymentErrors.TestKey);
    }
}
