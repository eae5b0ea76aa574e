using Mainstreet.Domain;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// Lets the simulated gateway of a test tenant tell what became of a setup. Errors: card_invalid (400); not_found (404) for a live tenant, and a setup that nobody has begun
/// or that is settled.
/// </summary>
/// <param name="Card">Null: the setup has failed.</param>
public sealed record SimulateMethodSetup(MethodSetupId SetupId, SavedMethodType Type, SavedCard? Card) : IRequest<Committed>
{
    public override string ToString() => nameof(SimulateMethodSetup);
}

internal sealed class SimulateMethodSetupHandler(ITenantContext tenant, IReadStore reads, ILane lane, ISealedSecrets secrets) : IRequestHandler<SimulateMethodSetup, Committed>
{
    public async Task<Committed> Handle(SimulateMethodSetup command, CancellationToken cancellationToken)
    {
        var id = command.SetupId;
        if (!tenant.IsSandbox || await WalletView.Owner(reads, id.Value, cancellationToken) is not { } account)
        {
            throw new DomainException(WalletErrors.SetupNotFound);
        }

        Check.That(command.Card is null || IsCard(command.Card), WalletErrors.CardInvalid);
        var reference = SimulatedMethod.Of(id, command.Card?.Last4 ?? "");
        var method = PaymentMethodId.Of(SimulatedMethod.Provider, reference);
        if (command.Card is not null)
        {
            await secrets.Keep(method.Value, new MethodTokens("", reference).Write(), cancellationToken);
        }

        var stream = Wallet.StreamOf(account);
        return await lane.Run(
            streams => streams.OfWallet(account),
            (log, now) =>
            {
                var wallet = log.WalletOf(account);
                log.AppendWallet(stream, now, command.Card is { } card ? wallet.Attach(id, method, command.Type, card, now) : wallet.FailSetup(id, "card_declined", now));
                return new Committed(log.Version(stream));
            },
            cancellationToken);
    }

    private static bool IsCard(SavedCard card) =>
        Check.IsText(card.Brand, 40) && card.Last4 is { Length: 4 } digits && digits.All(char.IsAsciiDigit) && card is { ExpMonth: >= 1 and <= 12, ExpYear: >= 2000 and <= 2100 };
}

/// <summary>What the simulated gateway calls a method: whatever has the last digits of Stripe's test cards behaves as they do.</summary>
public static class SimulatedMethod
{
    public const string Provider = "sandbox";

    private const string Declined = "_0002";
    private const string Authenticated = "_3155";

    public static string Of(MethodSetupId setup, string last4) => $"sandbox_{setup}_{last4}";

    public static bool IsDeclined(string reference) => reference.EndsWith(Declined, StringComparison.Ordinal);

    /// <summary>The customer has to say yes first.</summary>
    public static bool NeedsCustomer(string reference) => reference.EndsWith(Authenticated, StringComparison.Ordinal);
}
