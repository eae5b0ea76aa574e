using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// The customer's page has finished the setup, it says: the gateway is asked. Whatever was told before, and however often, it is one method. Errors: not_found (404), also
/// for a setup of somebody else; payment_method_setup_unfinished, payment_method_setup_failed (409); payment_provider_unavailable (503).
/// </summary>
/// <param name="Default">It is the default from now on; the first method is in any case.</param>
public sealed record SavePaymentMethod(AccountId AccountId, MethodSetupId SetupId, bool Default) : IRequest<SavedMethodReceipt>;

/// <summary>The gateway tells of a setup: it is asked how that stands, for as long as it takes to reach it. Nothing follows where it is none of ours.</summary>
public sealed record LookAtMethodSetup(AccountId AccountId, MethodSetupId SetupId) : IRequest<Committed>;

/// <summary>Asks the gateway how a setup stands. What it told may have got lost, so it is asked once more in any case, when the setup expires.</summary>
/// <param name="IsLast">What is not finished by now will not be.</param>
[Message("payment_method.finish_setup", Queues.Payments)]
public sealed record FinishMethodSetup(AccountId AccountId, MethodSetupId SetupId, bool IsLast = false) : IRequest<Committed>;

internal sealed class FinishMethodSetupHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers, ISealedSecrets secrets) :
    IRequestHandler<SavePaymentMethod, SavedMethodReceipt>, IRequestHandler<LookAtMethodSetup, Committed>, IRequestHandler<FinishMethodSetup, Committed>
{
    public async Task<SavedMethodReceipt> Handle(SavePaymentMethod command, CancellationToken cancellationToken)
    {
        var report = await Ask(command.AccountId, command.SetupId, isLast: false, cancellationToken);
        if (report is MethodSetupReport.Unfinished unfinished)
        {
            throw new DomainException(WalletErrors.SetupUnfinished(unfinished.Reason));
        }

        var (stream, made) = (Wallet.StreamOf(command.AccountId), await Keep(command.AccountId, command.SetupId, report, cancellationToken));
        var receipt = await lane.Run(
            streams => streams.OfWallet(command.AccountId),
            (log, now) =>
            {
                if (report is MethodSetupReport.Failed failed && log.WalletOf(command.AccountId).Get(command.SetupId).State is MethodSetupState.Open)
                {
                    throw new DomainException(WalletErrors.SetupFailed(failed.Reason)); // recorded when the gateway tells it, or the setup expires; a twin may have settled it
                }

                log.AppendWallet(stream, now, made?.In(log.WalletOf(command.AccountId), now) ?? []);
                var method = MethodOf(log.WalletOf(command.AccountId), command.SetupId);
                if (command.Default)
                {
                    log.AppendWallet(stream, now, log.WalletOf(command.AccountId).SetDefault(method, now));
                }

                return new SavedMethodReceipt(method, log.Version(stream));
            },
            cancellationToken);
        await secrets.Remove([command.SetupId.Value], cancellationToken);
        return receipt;
    }

    public Task<Committed> Handle(LookAtMethodSetup command, CancellationToken cancellationToken)
    {
        var stream = Wallet.StreamOf(command.AccountId);
        return lane.Run(
            streams => streams.Of<Wallet>(stream),
            (log, now) =>
            {
                if (log.Find<Wallet>(stream) is { } wallet && Array.Exists(wallet.Setups, setup => setup.Id == command.SetupId && setup.State is MethodSetupState.Open))
                {
                    log.Schedule(new FinishMethodSetup(command.AccountId, command.SetupId), now);
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }

    public async Task<Committed> Handle(FinishMethodSetup command, CancellationToken cancellationToken)
    {
        var report = await Ask(command.AccountId, command.SetupId, command.IsLast, cancellationToken);
        return await Settle(command.AccountId, command.SetupId, report, cancellationToken);
    }

    /// <summary>Null: it is settled already.</summary>
    private async Task<MethodSetupReport?> Ask(AccountId account, MethodSetupId id, bool isLast, CancellationToken cancellationToken)
    {
        var wallet = (await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account), cancellationToken) ?? throw new DomainException(WalletErrors.SetupNotFound)).State;
        var setup = wallet.Get(id);
        if (setup.State is not MethodSetupState.Open)
        {
            return null;
        }

        var tokens = MethodTokens.Read(await secrets.Find(id.Value, cancellationToken));
        return tokens is null || await providers.Find(setup.Gateway.Provider, setup.Gateway.ConnectionId, cancellationToken) is not IMethodKeeper keeper ? new MethodSetupReport.Failed("gateway_gone")
            : isLast ? await keeper.CancelSetup(tokens.Reference, $"{id}/cancel", cancellationToken)
            : await keeper.FindSetup(tokens.Reference, cancellationToken);
    }

    /// <summary>A method is kept before anybody can pay with it. Null: there is none.</summary>
    private async Task<MadeMethod?> Keep(AccountId account, MethodSetupId id, MethodSetupReport? report, CancellationToken cancellationToken)
    {
        if (report is not MethodSetupReport.Succeeded succeeded || MethodTokens.Read(await secrets.Find(id.Value, cancellationToken)) is not { } tokens)
        {
            return null;
        }

        var gateway = (await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account), cancellationToken))!.State.Get(id).Gateway;
        var method = PaymentMethodId.Of(gateway.Provider, succeeded.Reference);
        await secrets.Keep(method.Value, (tokens with { Reference = succeeded.Reference }).Write(), cancellationToken);
        return new(id, method, gateway, succeeded);
    }

    private async Task<Committed> Settle(AccountId account, MethodSetupId id, MethodSetupReport? report, CancellationToken cancellationToken)
    {
        var made = await Keep(account, id, report, cancellationToken);
        if (made is null && report is not MethodSetupReport.Failed)
        {
            return new(0);
        }

        var stream = Wallet.StreamOf(account);
        var committed = await lane.Run(
            streams => streams.OfWallet(account),
            (log, now) =>
            {
                var (wallet, isClosed) = (log.Get<Wallet>(stream), log.Find<CustomerAccount>(account.Value) is not { Closed: false });
                log.AppendWallet(
                    stream, now, isClosed || made is null ? wallet.FailSetup(id, isClosed ? "account_closed" : ((MethodSetupReport.Failed)report!).Reason, now) : made.In(wallet, now));
                if (made is not null && log.Get<Wallet>(stream).Get(id).State is MethodSetupState.Failed)
                {
                    log.Schedule(new DetachPaymentMethod(made.Method, made.Gateway.Provider, made.Gateway.ConnectionId), now); // the gateway has what the account has not
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
        await secrets.Remove([id.Value], cancellationToken);
        return committed;
    }

    /// <summary>What came of a setup that is settled.</summary>
    private static PaymentMethodId MethodOf(Wallet wallet, MethodSetupId id) => wallet.Get(id) switch
    {
        { State: MethodSetupState.Done, Method: { } method } when wallet.Find(method) is not null => method,
        { State: MethodSetupState.Failed, Reason: { } reason } => throw new DomainException(WalletErrors.SetupFailed(reason)),
        _ => throw new DomainException(WalletErrors.SetupFailed("payment_method_removed")),
    };

    private sealed record MadeMethod(MethodSetupId Setup, PaymentMethodId Method, MethodGateway Gateway, MethodSetupReport.Succeeded Report)
    {
        public WalletEvent[] In(Wallet wallet, DateTimeOffset now) => wallet.Attach(Setup, Method, Report.Type, Report.Card, now);
    }
}
