using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// The customer's page has finished the setup, it says: the gateway is asked. Whatever was told before, and however often, it is one method. Errors: not_found (404), also
/// for a setup of somebody else; payment_method_setup_unfinished, payment_method_setup_failed (409); too_many_payment_methods (409), and then the setup stays for when there is
/// place; payment_provider_refused and what else is wrong with the shop's gateway (409, 422); payment_provider_unavailable (503).
/// </summary>
/// <param name="Default">It is the default from now on; the first method is in any case.</param>
public sealed record SavePaymentMethod(AccountId AccountId, MethodSetupId SetupId, bool Default) : IRequest<SavedMethodReceipt>;

/// <summary>The gateway tells of a setup: it is asked how that stands, for as long as it takes to reach it. Nothing follows where it is none of ours.</summary>
public sealed record LookAtMethodSetup(AccountId AccountId, MethodSetupId SetupId) : IRequest<Committed>;

/// <summary>
/// Asks the gateway how a setup stands. What it told may have got lost, so it is asked once more in any case, when the setup expires. One that refuses is asked again for a day
/// and a half, because its connection can be mended.
/// </summary>
/// <param name="IsLast">What is not finished by now will not be.</param>
/// <param name="Again">How often it was asked again.</param>
[Message("payment_method.finish_setup", Queues.Payments)]
public sealed record FinishMethodSetup(AccountId AccountId, MethodSetupId SetupId, bool IsLast = false, int Again = 0) : IRequest<Committed>;

internal sealed class FinishMethodSetupHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers, ISealedSecrets secrets) :
    IRequestHandler<SavePaymentMethod, SavedMethodReceipt>, IRequestHandler<LookAtMethodSetup, Committed>, IRequestHandler<FinishMethodSetup, Committed>
{
    public async Task<SavedMethodReceipt> Handle(SavePaymentMethod command, CancellationToken cancellationToken)
    {
        var report = await Ask(command.AccountId, command.SetupId, key: null, cancellationToken);
        if (report is MethodSetupReport.Unfinished unfinished)
        {
            throw new DomainException(WalletErrors.SetupUnfinished(unfinished.Reason));
        }

        var made = await Made(command.AccountId, command.SetupId, report, cancellationToken);
        Check.That(made is not { HasPlace: false }, WalletErrors.TooManyMethods);
        await Keep(made, cancellationToken);
        try
        {
            return await Save(command, report, made, cancellationToken);
        }
        catch (DomainException)
        {
            await Forget(command, made);
            throw;
        }
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
        MethodSetupReport? report;
        try
        {
            report = await Ask(command.AccountId, command.SetupId, command.IsLast ? Attempts.Key($"{command.SetupId}/cancel", command.Again) : null, cancellationToken);
        }
        catch (DomainException refusal) when (refusal.Error.Kind is not ErrorKind.NotFound && command.Again < AskAgain.Most)
        {
            return await lane.AskLater(
                command.Again, $"payment-method-setup:{command.SetupId}:{command.IsLast}", command with { Again = command.Again + 1 }, cancellationToken);
        }

        return await Settle(command, report, cancellationToken);
    }

    private Task<SavedMethodReceipt> Save(SavePaymentMethod command, MethodSetupReport? report, MadeMethod? made, CancellationToken cancellationToken)
    {
        var stream = Wallet.StreamOf(command.AccountId);
        return lane.Run(
            streams => streams.OfWallet(command.AccountId),
            (log, now) =>
            {
                var wallet = log.WalletOf(command.AccountId);
                var isOpen = wallet.Get(command.SetupId).State is MethodSetupState.Open;
                if (report is MethodSetupReport.Failed failed && isOpen)
                {
                    throw new DomainException(WalletErrors.SetupFailed(failed.Reason)); // recorded when the gateway tells it, or the setup expires; a twin may have settled it
                }

                Check.That(made is null || !isOpen || wallet.HasPlaceFor(made.Method), WalletErrors.TooManyMethods);
                log.AppendWallet(stream, now, made?.In(wallet, now) ?? []);
                var method = MethodOf(log.WalletOf(command.AccountId), command.SetupId);
                if (command.Default)
                {
                    log.AppendWallet(stream, now, log.WalletOf(command.AccountId).SetDefault(method, now));
                }

                return new SavedMethodReceipt(method, log.Version(stream));
            },
            cancellationToken);
    }

    /// <summary>
    /// Nobody comes back for what was kept of a method that was refused then, or whose account was closed meanwhile. What a twin has settled is the twin's: it may be at the
    /// gateway yet, to be detached there.
    /// </summary>
    private async Task Forget(SavePaymentMethod command, MadeMethod? made)
    {
        var wallet = (await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(command.AccountId), CancellationToken.None))!.State;
        if (made is not null && wallet.Find(made.Method) is null
            && (wallet.Get(command.SetupId).State is MethodSetupState.Open || await aggregates.Find<CustomerAccount, CustomerAccountEvent>(command.AccountId.Value, CancellationToken.None) is not { State.Closed: false }))
        {
            await secrets.Remove([made.Method.Value], CancellationToken.None);
        }
    }

    /// <summary>Null: it is settled already.</summary>
    /// <param name="key">Under which it is canceled unless it is finished; null: it may be finished later.</param>
    private async Task<MethodSetupReport?> Ask(AccountId account, MethodSetupId id, string? key, CancellationToken cancellationToken)
    {
        var wallet = (await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account), cancellationToken) ?? throw new DomainException(WalletErrors.SetupNotFound)).State;
        var setup = wallet.Get(id);
        if (setup.State is not MethodSetupState.Open)
        {
            return null;
        }

        var tokens = MethodTokens.Read(await secrets.Find(id.Value, cancellationToken));
        return tokens is null || await providers.Find(setup.Gateway.Provider, setup.Gateway.ConnectionId, cancellationToken) is not IMethodKeeper keeper ? new MethodSetupReport.Failed("gateway_gone")
            : key is not null ? await keeper.CancelSetup(tokens.Reference, key, cancellationToken)
            : await keeper.FindSetup(tokens.Reference, cancellationToken);
    }

    /// <summary>Null: there is none.</summary>
    private async Task<MadeMethod?> Made(AccountId account, MethodSetupId id, MethodSetupReport? report, CancellationToken cancellationToken)
    {
        if (report is not MethodSetupReport.Succeeded succeeded || MethodTokens.Read(await secrets.Find(id.Value, cancellationToken)) is not { } tokens)
        {
            return null;
        }

        var wallet = (await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account), cancellationToken))!.State;
        var setup = wallet.Get(id);
        var method = PaymentMethodId.Of(setup.Gateway.Provider, succeeded.Reference);
        return setup.State is not MethodSetupState.Open ? null
            : new(id, method, setup.Gateway, succeeded, tokens with { Reference = succeeded.Reference }, wallet.HasPlaceFor(method));
    }

    /// <summary>Before anybody can pay with it.</summary>
    private Task Keep(MadeMethod? made, CancellationToken cancellationToken) =>
        made is null ? Task.CompletedTask : secrets.Keep(made.Method.Value, made.Tokens.Write(), cancellationToken);

    private async Task<Committed> Settle(FinishMethodSetup command, MethodSetupReport? report, CancellationToken cancellationToken)
    {
        var (account, id) = (command.AccountId, command.SetupId);
        if (report is null)
        {
            await secrets.Remove([id.Value], cancellationToken); // its tokens may have been kept by an attempt that came late
            return new(0);
        }

        var made = await Made(account, id, report, cancellationToken);
        if (made is null ? report is not MethodSetupReport.Failed : !made.HasPlace && !command.IsLast)
        {
            return new(0); // the customer may make place until it expires
        }

        await Keep(made, cancellationToken);
        var stream = Wallet.StreamOf(account);
        return await lane.Run(
            streams => streams.OfWallet(account),
            (log, now) =>
            {
                var (wallet, isClosed) = (log.Get<Wallet>(stream), log.Find<CustomerAccount>(account.Value) is not { Closed: false });
                log.AppendWallet(
                    stream, now, isClosed || made is null ? wallet.FailSetup(id, isClosed ? "account_closed" : ((MethodSetupReport.Failed)report).Reason, now) : made.In(wallet, now));
                var settled = log.Get<Wallet>(stream);
                if (made is not null && settled.Get(id).State is MethodSetupState.Failed && settled.Find(made.Method) is null)
                {
                    log.Schedule(new DetachPaymentMethod(made.Method, made.Gateway.Provider, made.Gateway.ConnectionId), now); // the gateway has what the account has not
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }

    /// <summary>What came of a setup that is settled.</summary>
    private static PaymentMethodId MethodOf(Wallet wallet, MethodSetupId id) => wallet.Get(id) switch
    {
        { State: MethodSetupState.Done, Method: { } method } when wallet.Find(method) is not null => method,
        { State: MethodSetupState.Failed, Reason: { } reason } => throw new DomainException(WalletErrors.SetupFailed(reason)),
        _ => throw new DomainException(WalletErrors.SetupFailed("payment_method_removed")),
    };

    /// <param name="HasPlace">In the wallet as it was before the lane was taken.</param>
    private sealed record MadeMethod(
        MethodSetupId Setup, PaymentMethodId Method, MethodGateway Gateway, MethodSetupReport.Succeeded Report, MethodTokens Tokens, bool HasPlace)
    {
        public WalletEvent[] In(Wallet wallet, DateTimeOffset now) => wallet.Attach(Setup, Method, Report.Type, Report.Card, now);
    }
}
