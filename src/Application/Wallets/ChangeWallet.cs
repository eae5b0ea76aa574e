using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>The customer pays in cash, as a rule. Said again, it is the same method. Errors: not_found (404); too_many_payment_methods (409).</summary>
/// <param name="Default">It is the default from now on; the first method is in any case.</param>
public sealed record PreferCash(AccountId AccountId, bool Default) : IRequest<SavedMethodReceipt>;

public sealed record SavedMethodReceipt(PaymentMethodId PaymentMethodId, int Version) : Committed(Version);

/// <summary>Errors: not_found (404); stale_version (412).</summary>
public sealed record SetDefaultPaymentMethod(AccountId AccountId, PaymentMethodId PaymentMethodId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>The gateway is told next. Where it was the default, the one that was attached last is. Errors: not_found (404); stale_version (412).</summary>
public sealed record RemovePaymentMethod(AccountId AccountId, PaymentMethodId PaymentMethodId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>The gateway has it no more: somebody of the business removed it there. Nothing follows where it is none of ours.</summary>
public sealed record DropPaymentMethod(PaymentMethodId PaymentMethodId) : IRequest<Committed>;

internal sealed class ChangeWalletHandler(ILane lane, IReadStore reads, ITenantContext context) :
    IRequestHandler<PreferCash, SavedMethodReceipt>, IRequestHandler<SetDefaultPaymentMethod, Committed>, IRequestHandler<RemovePaymentMethod, Committed>,
    IRequestHandler<DropPaymentMethod, Committed>
{
    public Task<SavedMethodReceipt> Handle(PreferCash command, CancellationToken cancellationToken)
    {
        var (id, stream) = (new PaymentMethodId(Uuid.Named("cash_preference", context.CommandId.ToString())), Wallet.StreamOf(command.AccountId));
        return lane.Run(
            streams => streams.OfWallet(command.AccountId),
            (log, now) =>
            {
                log.AppendWallet(stream, now, log.WalletOf(command.AccountId).PreferCash(id, now));
                var cash = log.WalletOf(command.AccountId).Cash!.Id;
                if (command.Default)
                {
                    log.AppendWallet(stream, now, log.WalletOf(command.AccountId).SetDefault(cash, now));
                }

                return new SavedMethodReceipt(cash, log.Version(stream));
            },
            cancellationToken);
    }

    public Task<Committed> Handle(SetDefaultPaymentMethod command, CancellationToken cancellationToken) =>
        Change(command.AccountId, command.ExpectedVersion, (wallet, now) => wallet.SetDefault(command.PaymentMethodId, now), cancellationToken);

    public Task<Committed> Handle(RemovePaymentMethod command, CancellationToken cancellationToken) =>
        Change(command.AccountId, command.ExpectedVersion, (wallet, now) => wallet.Detach(command.PaymentMethodId, now), cancellationToken);

    /// <summary>The account may be closed, and then nothing is left to be changed.</summary>
    public async Task<Committed> Handle(DropPaymentMethod command, CancellationToken cancellationToken)
    {
        var method = command.PaymentMethodId;
        if (await WalletView.Owner(reads, method.Value, cancellationToken) is not { } account)
        {
            return new(0);
        }

        var stream = Wallet.StreamOf(account);
        return await lane.Run(
            streams => streams.OfWallet(account),
            (log, now) =>
            {
                if (log.Find<CustomerAccount>(account.Value) is { Closed: false } && log.WalletOf(account) is var wallet && wallet.Find(method) is not null)
                {
                    log.AppendWallet(stream, now, wallet.Detach(method, now));
                }

                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }

    private Task<Committed> Change(AccountId account, int? expectedVersion, Func<Wallet, DateTimeOffset, WalletEvent[]> decide, CancellationToken cancellationToken)
    {
        var stream = Wallet.StreamOf(account);
        return lane.Run(
            streams => streams.OfWallet(account),
            (log, now) =>
            {
                log.Expect(stream, expectedVersion);
                log.AppendWallet(stream, now, decide(log.WalletOf(account), now));
                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }
}

/// <summary>What every decision about a wallet names, and what follows from it.</summary>
internal static class WalletSteps
{
    public static LaneStreams OfWallet(this LaneStreams streams, AccountId account) => streams.Of<Wallet>(Wallet.StreamOf(account)).Of<CustomerAccount>(account.Value);

    /// <summary>Errors: not_found (404) for an account that is closed.</summary>
    public static Wallet WalletOf(this ILaneLog log, AccountId account)
    {
        var customer = log.Get<CustomerAccount>(account.Value).Open().CustomerId;
        return log.Find<Wallet>(Wallet.StreamOf(account)) ?? Wallet.Empty(account, customer);
    }

    /// <summary>What is detached here is detached at its gateway next, and what opens a setup is forgotten with its end: in one commit, because nobody would come back for it.</summary>
    public static void AppendWallet(this ILaneLog log, Guid stream, DateTimeOffset now, params WalletEvent[] events)
    {
        var before = log.Find<Wallet>(stream);
        log.Append<Wallet, WalletEvent>(stream, events);
        foreach (var e in events)
        {
            if (e is PaymentMethodDetached detached && before?.Find(detached.PaymentMethodId)?.Gateway is { } gateway)
            {
                log.Schedule(new DetachPaymentMethod(detached.PaymentMethodId, gateway.Provider, gateway.ConnectionId), now);
            }

            if (Settled(e) is { } setup)
            {
                log.Schedule(new ForgetMethodSetup(setup), now);
            }
        }
    }

    private static MethodSetupId? Settled(WalletEvent e) => e switch
    {
        PaymentMethodAttached attached => attached.SetupId,
        PaymentMethodSetupDone done => done.SetupId,
        PaymentMethodSetupFailed failed => failed.SetupId,
        _ => null,
    };
}
