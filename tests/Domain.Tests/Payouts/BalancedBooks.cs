using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Payouts;
using static Mainstreet.Domain.Tests.Payouts.PayoutSamples;

namespace Mainstreet.Domain.Tests.Payouts;

/// <summary>What holds after any sequence of payments, refunds, disputes, fees, periods and payouts, whether each step is accepted or refused.</summary>
public class BalancedBooks
{
    private const int Transactions = 4;

    [Fact]
    public void Every_entry_and_all_accounts_add_up_to_nothing() => ForAnySteps(book =>
    {
        book.Posted.ShouldAllBe(entry => entry.Lines.Sum(line => line.Amount.Amount) == 0);
        book.Ledger.Balances.Sum(balance => balance.Amount.Amount).ShouldBe(0);
    });

    [Fact]
    public void What_the_platform_owes_is_what_is_open_carried_over_and_not_transferred() => ForAnySteps(book =>
    {
        var owed = (book.Ledger.Open?.Totals.Balance ?? book.Ledger.Carried).Amount
            + book.Payouts.Values.Where(payout => payout.Status is PayoutStatus.Pending or PayoutStatus.Approved or PayoutStatus.Held or PayoutStatus.Failed).Sum(payout => payout.Net.Amount);
        (-book.Ledger.BalanceOf(LedgerAccount.Business).Amount).ShouldBe(owed);
    });

    [Fact]
    public void The_lines_of_a_statement_add_up_to_what_it_ends_with() => ForAnySteps(book =>
    {
        foreach (var payout in book.Payouts.Values.Where(payout => payout.Status != PayoutStatus.Accruing))
        {
            var calculated = book.Calculated[payout.Id];
            var lines = book.Posted.Where(entry => entry.PayoutId == payout.Id).Sum(entry => entry.Amount.Amount);
            (calculated.Opening.Amount + lines).ShouldBe(payout.Net.Amount + calculated.CarriedOver.Amount);
        }
    });

    [Fact]
    public void No_more_of_a_fee_goes_back_than_was_charged() => ForAnySteps(book =>
    {
        foreach (var transaction in book.Known.OfType<Transaction>())
        {
            transaction.Reversed.Amount.ShouldBeInRange(0, transaction.Fee?.Amount ?? 0);
        }

        (-book.Ledger.BalanceOf(LedgerAccount.PlatformFees).Amount).ShouldBe(book.Known.OfType<Transaction>().Sum(known => (known.Fee?.Amount ?? 0) - known.Reversed.Amount));
    });

    private static void ForAnySteps(Action<Book> holds) => Prop.ForAll(Step.ListOf().ToArbitrary(), steps =>
    {
        var book = new Book();
        foreach (var step in steps)
        {
            book.Take(step);
            holds(book);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<(string Name, int Which, long Amount)> Step =>
        from name in Gen.Elements(
            "capture", "capture", "settle", "refund", "refund", "unrefund", "dispute", "win", "lose", "week", "week", "approve", "approve", "hold", "release", "process", "process", "pay",
            "fail", "retry", "reverse", "adjust")
        from which in Gen.Choose(0, Transactions - 1)
        from amount in Gen.Choose(-300, 2_000)
        select (name, which, (long)amount);

    /// <summary>A business and its transactions, as the product's steps move them.</summary>
    private sealed class Book
    {
        private readonly TransactionFacts[] facts = [.. Enumerable.Range(0, Transactions).Select(number => Facts(0) with { Source = new(TransactionKind.CardPayment, Uuid.Named($"{number}")), Held = number != 3 })];

        private DateTimeOffset now = Monday;

        public Ledger Ledger { get; private set; } = Ledger.Empty("EUR");

        public List<LedgerPosted> Posted { get; } = [];

        public Dictionary<PayoutId, Payout> Payouts { get; } = [];

        public Dictionary<PayoutId, PayoutCalculated> Calculated { get; } = [];

        public Transaction?[] Known { get; } = new Transaction?[Transactions];

        public void Take((string Name, int Which, long Amount) step)
        {
            var (name, which, amount) = step;
            var (fact, some) = (facts[which], Eur(Math.Abs(amount)));
            switch (name)
            {
                case "capture" when fact.Captured.Amount == 0:
                    facts[which] = fact with { Captured = some };
                    Settle(which, new(250, [Eur(25)]));
                    break;
                case "settle":
                    Settle(which, null);
                    break;
                case "refund" when fact.Refunded.Amount + some.Amount <= fact.Captured.Amount:
                    facts[which] = fact with { Refunded = fact.Refunded + some };
                    Settle(which, null);
                    break;
                case "unrefund":
                    facts[which] = fact with { Refunded = Eur(0) };
                    Settle(which, null);
                    break;
                case "dispute" when fact.Disputed.Amount == 0:
                    facts[which] = fact with { Disputed = fact.Captured };
                    Settle(which, null);
                    break;
                case "win" when fact.Lost.Amount == 0:
                    facts[which] = fact with { Disputed = Eur(0) };
                    Settle(which, null);
                    break;
                case "lose":
                    facts[which] = fact with { Lost = fact.Disputed };
                    Settle(which, null);
                    break;
                case "week":
                    now += TimeSpan.FromDays(7);
                    Close();
                    break;
                default:
                    StepPayout(name, which, amount);
                    break;
            }
        }

        private void Settle(int which, FeeRate? rate)
        {
            foreach (var e in Transaction.Settle(Known[which], facts[which], rate, now))
            {
                Known[which] = Transaction.Evolve(Known[which], e);
                Begin();
                Append(Ledger.Enter(e, now));
            }
        }

        private void StepPayout(string name, int which, long amount)
        {
            if (Payouts.Count == 0)
            {
                return;
            }

            var payout = Payouts.Values.ElementAt(which % Payouts.Count);
            try
            {
                PayoutEvent[] events = name switch
                {
                    "approve" => payout.Approve(now),
                    "hold" => payout.Hold("why", now),
                    "release" => payout.Release(now),
                    "process" => payout.Process("manual", null, now),
                    "pay" => payout.Pay(payout.Attempts, "SEPA", now),
                    "fail" => payout.Fail(payout.Attempts, "closed", now),
                    "retry" => payout.Retry("manual", null, now),
                    "reverse" => payout.Reverse("came back", now),
                    "adjust" => payout.Adjust(Eur(amount), "why", now),
                    _ => [],
                };
                foreach (var e in events)
                {
                    if (e is PayoutReversed)
                    {
                        Begin();
                    }

                    Append(Ledger.Follow(e, now));
                    Payouts[payout.Id] = Payout.Evolve(Payouts[payout.Id], e);
                }
            }
            catch (DomainException e) when (e.Error.Code is "illegal_transition" or "adjustment_exceeds_net" or "adjustment_invalid")
            {
                // a refusal changes nothing
            }
        }

        private void Begin()
        {
            Close();
            if (Ledger.Open is null)
            {
                var id = Ledger.PayoutOf(Shop, "EUR", Ledger.Periods + 1);
                var period = PayoutPeriod.Of(now, "Europe/Berlin", PayoutSchedule.Weekly, Ledger.ClosedUntil);
                Payouts[id] = Payout.Evolve(null, Payout.Open(id, new(PayeeType.Business, Shop.Value, Ledger.Periods + 1, period), Ledger.Carried, now).Single());
                Append(Ledger.OpenNext(id, period, now));
            }
        }

        private void Close()
        {
            if (Ledger.Open is { } open && Payouts[open.PayoutId].Close(open.Totals, approved: false, now) is [PayoutCalculated calculated])
            {
                Payouts[open.PayoutId] = Payout.Evolve(Payouts[open.PayoutId], calculated);
                Calculated[open.PayoutId] = calculated;
                Append(Ledger.CloseOpen(calculated.CarriedOver, now));
            }
        }

        private void Append(LedgerEvent[] events)
        {
            Posted.AddRange(events.OfType<LedgerPosted>());
            Ledger = events.Aggregate(Ledger, Ledger.Evolve);
        }
    }
}
