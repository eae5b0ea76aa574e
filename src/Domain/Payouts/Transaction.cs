namespace Mainstreet.Domain.Payouts;

public enum TransactionKind
{
    CardPayment,

    /// <summary>Cash for an order, at the door or at the counter.</summary>
    CashOrder,

    TillSale,
}

/// <summary>What was paid: a payment, an order or a sale, by its own id.</summary>
public sealed record TransactionRef(TransactionKind Kind, Guid Id)
{
    /// <summary>Where its fee stands.</summary>
    public Guid Stream => Uuid.Named("transaction", Kind.ToString(), Id.ToString());
}

/// <summary>How a transaction stands at its source.</summary>
/// <param name="Held">The platform's provider has the money; else the business has it already, by its own gateway or in cash.</param>
/// <param name="Captured">What was paid.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Disputed">What customers' banks have taken back, until it is decided and for good.</param>
/// <param name="Lost">What of it is lost for good.</param>
/// <param name="Tip">What of the payment is a tip: no fee is taken of it.</param>
public sealed record TransactionFacts(TransactionRef Source, bool Held, Money Captured, Money Refunded, Money Disputed, Money Lost, Money Tip);

/// <summary>
/// What of a transaction is the platform's affair: its fee, and where the platform's provider has the money, that too (PAY-04). Each step brings it to what
/// the facts are, so steps that come late, twice or in another order end at the same figures; and no more is reversed than was charged.
/// </summary>
public sealed record Transaction(TransactionRef Source, Money Captured, Money Refunded, Money Disputed, Money? Fee, Money Reversed)
    : IAggregate<Transaction, TransactionEvent>
{
    private static Money Nothing(Money money) => Money.Zero(money.Currency);

    /// <param name="known">Null: nothing is.</param>
    /// <param name="facts">How it stands.</param>
    /// <param name="rate">Charged by, where none was yet; null: this step charges nothing.</param>
    /// <param name="now">When.</param>
    public static TransactionEvent[] Settle(Transaction? known, TransactionFacts facts, FeeRate? rate, DateTimeOffset now)
    {
        var (source, none) = (facts.Source, Nothing(facts.Captured));
        var events = new List<TransactionEvent>();
        if (facts.Held)
        {
            Move(FundsMovement.Collected, facts.Captured - (known?.Captured ?? none));
            Move(FundsMovement.Refunded, facts.Refunded - (known?.Refunded ?? none));
            Move(FundsMovement.Disputed, facts.Disputed - (known?.Disputed ?? none));
        }

        var charged = known?.Fee;
        if (charged is null && rate is not null && facts.Captured.Amount > facts.Tip.Amount)
        {
            var amount = facts.Captured - facts.Tip;
            if (rate.Of(amount) is { Amount: > 0 } fee)
            {
                charged = fee;
                events.Add(new FeeCharged(source, TypeOf(source.Kind), amount, rate.BasisPoints, rate.FixedIn(amount.Currency), fee, now));
            }
        }

        if (charged is { } whole)
        {
            var back = facts.Refunded + facts.Lost;
            var target = Part(whole, back, facts.Captured);
            var reversed = known?.Reversed ?? none;
            if (target.Amount > reversed.Amount)
            {
                events.Add(new FeeReversed(source, back, target - reversed, target, now));
            }
            else if (target.Amount < reversed.Amount)
            {
                events.Add(new FeeReinstated(source, back, reversed - target, target, now));
            }
        }

        return [.. events];

        void Move(FundsMovement movement, Money amount)
        {
            if (amount.Amount != 0)
            {
                events.Add(new FundsMoved(source, movement, amount, now));
            }
        }
    }

    public static string TypeOf(TransactionKind kind) => kind switch
    {
        TransactionKind.CardPayment => "card_payment",
        TransactionKind.CashOrder => "cash_order",
        TransactionKind.TillSale => "till_sale",
    };

    public static Transaction Evolve(Transaction? state, TransactionEvent e)
    {
        var known = state ?? new(e.Transaction, Nothing(e.Amount), Nothing(e.Amount), Nothing(e.Amount), null, Nothing(e.Amount));
        return e switch
        {
            FundsMoved { Movement: FundsMovement.Collected } moved => known with { Captured = known.Captured + moved.Amount },
            FundsMoved { Movement: FundsMovement.Refunded } moved => known with { Refunded = known.Refunded + moved.Amount },
            FundsMoved moved => known with { Disputed = known.Disputed + moved.Amount },
            FeeCharged charged => known with { Fee = charged.Amount },
            FeeReversed reversed => known with { Reversed = reversed.Reversed },
            FeeReinstated reinstated => known with { Reversed = reinstated.Reversed },
            _ => throw new InvalidOperationException($"{e.GetType().Name} means nothing for a transaction."),
        };
    }

    /// <summary>Rounded half away from zero; all of it where all was given back, or more.</summary>
    private static Money Part(Money whole, Money back, Money captured) => back.Amount >= captured.Amount
        ? whole
        : whole with { Amount = (long)((((Int128)2 * whole.Amount * back.Amount) + captured.Amount) / ((Int128)2 * captured.Amount)) };
}
