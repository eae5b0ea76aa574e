using Mainstreet.Application;
using Mainstreet.Application.Connections;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Payments;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// A test tenant's payments are simulated, whatever it has chosen. A live tenant is paid through the connection that it has chosen for the currency, and never by
/// simulated ones.
/// </summary>
internal sealed class PaymentProviders(
    ITenantContext tenant, SandboxPayments sandbox, ProviderHttp http, PayPalTokens tokens, IOptions<PaymentOptions> options, IAggregates aggregates, IReadStore reads, ISealedSecrets secrets)
    : IPaymentProviders
{
    public async Task<bool> TakePayments(CancellationToken cancellationToken) => tenant.IsSandbox || await reads.List<int>(
        """
        select 1 from rm.payment_gateways gateway
          join rm.business_profile business on business.currency = gateway.currency
          join rm.connections connection on connection.connection_id = gateway.connection_id and connection.status = 'connected'
        """, null, cancellationToken) is not [];

    public async Task<IPaymentProvider> For(string currency, CancellationToken cancellationToken) =>
        tenant.IsSandbox ? sandbox
        : await aggregates.Find<PaymentGateway, PaymentGatewayEvent>(PaymentGateway.StreamOf(currency), cancellationToken) is { State: { Removed: false } gateway }
            ? await Open(gateway.ConnectionId, cancellationToken)
        : throw new DomainException(PaymentErrors.MethodNotAvailable);

    public async Task<IPaymentProvider> Of(Payment payment, CancellationToken cancellationToken) =>
        payment.ConnectionId is { } connection ? await Open(await Present(connection, cancellationToken), cancellationToken)
        : payment.Provider == sandbox.Name && tenant.IsSandbox ? sandbox
        : throw new InvalidOperationException($"The payment provider {payment.Provider} is not configured.");

    public async Task<IPaymentProvider?> Find(string provider, ConnectionId? connection, CancellationToken cancellationToken)
    {
        if (connection is not { } id)
        {
            return provider == sandbox.Name && tenant.IsSandbox ? sandbox : null;
        }

        var present = await Present(id, cancellationToken);
        return await aggregates.Find<Connection, ConnectionEvent>(present.Value, cancellationToken) is { State.Status: not ConnectionStatus.Revoked } ? await Open(present, cancellationToken) : null;
    }

    /// <summary>
    /// An account that was revoked and connected anew is another connection, and the money is where it was: so what was paid through the first is given back through
    /// the second.
    /// </summary>
    private async Task<ConnectionId> Present(ConnectionId id, CancellationToken cancellationToken)
    {
        var anew = await reads.List<ConnectionView>(
            """
            select anew.* from rm.connections before
              join rm.connections anew on anew.provider = before.provider and anew.account = before.account and anew.status = 'connected'
             where before.connection_id = @id and before.status = 'revoked'
            """, new { id }, cancellationToken);
        return anew is [var present, ..] ? present.ConnectionId : id;
    }

    private async Task<IPaymentProvider> Open(ConnectionId id, CancellationToken cancellationToken)
    {
        var connection = (await aggregates.Find<Connection, ConnectionEvent>(id.Value, cancellationToken) ?? throw new DomainException(ConnectionErrors.NotFound)).State;
        connection.RequireConnected();
        var credentials = await connection.Credentials(secrets, cancellationToken);
        PaymentCredentials.Check(connection.Provider, credentials, isLive: true);
        return connection.Provider switch
        {
            PayPalPayments.Provider => new PayPalPayments(new(http, options, tokens, credentials), id),
            StripePayments.Provider => new StripePayments(http, options.Value.StripeUrl, credentials, id),
            ToyyibPayments.Provider when options.Value.PublicUrl is null => throw new DomainException(PaymentErrors.NoPublicUrl),
            ToyyibPayments.Provider => new ToyyibPayments(http, options.Value, connection.Account, credentials, id),
            var other => throw new DomainException(PaymentErrors.NotForPayments(other, missing: null)),
        };
    }
}
