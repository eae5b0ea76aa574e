using Mainstreet.Domain.Pos;
using static Mainstreet.Domain.Tests.Pos.PosSamples;

namespace Mainstreet.Domain.Tests.Pos;

public class OpeningATill
{
    private static readonly HashSet<SaleId> Nothing = [];

    [Fact]
    public void A_till_is_open_once()
    {
        var opened = new Spec<RegisterSession, RegisterSessionEvent>().WhenNew(() => RegisterSession.Open(Morning, Till, null, Eur(10_000), Now)).Then(Opened());
        opened.Expected.ShouldBe(Eur(10_000));
        Refused("session_already_open", () => RegisterSession.Open(new(Uuid.New()), Till, opened, Eur(0), Now));
        Refused("register_retired", () => RegisterSession.Open(Morning, Till with { Retired = true }, null, Eur(0), Now));
        Refused("amount_out_of_range", () => RegisterSession.Open(Morning, Till, null, Eur(-1), Now));
        Refused("session_already_open", () => Till.Retire(opened, Now));
    }

    [Theory]
    [InlineData("a", "Front", "code_invalid")]
    [InlineData("", "Front", "code_invalid")]
    [InlineData("A\n", "Front", "code_invalid")]
    [InlineData("ABCDEFGHIJK", "Front", "code_invalid")]
    [InlineData("A", " ", "name_invalid")]
    public void A_till_has_a_code_and_a_name(string code, string name, string refused) => Refused(refused, () => Register.Create(Till.Id, code, name, null, Now));

    [Fact]
    public void A_till_stands_elsewhere_only_while_nobody_sells_at_it()
    {
        var opened = RegisterSession.Evolve(null, Opened());
        Till.Move(Harbour, null, Now).ShouldBe([new RegisterMoved(Till.Id, Harbour, Now)]);
        Till.Move(null, opened, Now).ShouldBeEmpty();
        Refused("session_already_open", () => Till.Move(Harbour, opened, Now));
        Refused("register_retired", () => (Till with { Retired = true }).Move(Harbour, null, Now));
        RegisterSession.Open(Morning, Till with { LocationId = Harbour }, null, Eur(10_000), Now).ShouldBe([Opened() with { LocationId = Harbour }]);
    }

    [Fact]
    public void Repeating_a_step_records_nothing()
    {
        Till.Rename("Front", Now).ShouldBeEmpty();
        (Till with { Retired = true }).Retire(null, Now).ShouldBeEmpty();
    }

    [Fact]
    public void The_drawer_holds_what_the_books_say()
    {
        var session = Session(PosSamples.Sessions[0][1..^2]);
        session.Expected.ShouldBe(Eur(10_000 + 500 - 250 + 1000 - 595 - 405));
        session.Totals.Net.ShouldBe(Eur(0));
        session.Totals.Payments.ShouldBe([new(TenderMethod.Cash, 1, Eur(1000)), new(TenderMethod.Card, 1, Eur(190))]);
        Refused("not_enough_cash", () => session.PayOut(Eur(10_251), "bank", Now));
        Refused("reason_required", () => session.PayOut(Eur(1), " ", Now));
        Refused("currency_mismatch", () => session.PayIn(new(1, "USD"), "bank", Now));
        session.Close(Eur(10_200), null, Now).Single().ShouldBeOfType<RegisterSessionClosed>().Difference.ShouldBe(Eur(-50));
    }

    [Fact]
    public void What_is_unpaid_when_it_closes_is_named_and_nothing_is_added_afterwards()
    {
        var session = Session(Entered(SessionEntry.Sale, 1190, due: 190, Cash(1000)));
        var closed = session.Close(Eur(11_000), null, Now).Single().ShouldBeOfType<RegisterSessionClosed>();
        closed.CarriedOver.ShouldBe([Id]);
        var after = RegisterSession.Evolve(session, closed);
        Refused("session_closed", () => after.Enter(RungUp(due: 0), taxIncluded: true, Now));
        Refused("session_closed", () => after.PayIn(Eur(1), "late", Now));
        Refused("session_closed", () => after.Close(Eur(11_000), null, Now));
    }

    [Fact]
    public void The_last_session_of_a_till_may_go_on()
    {
        var open = Session(Entered(SessionEntry.Sale, 1190, due: 190, Cash(1000)));
        var closed = RegisterSession.Evolve(open, open.Close(Eur(11_000), null, Now).Single());
        Refused("session_open", () => open.Reopen(Till, followed: false, Nothing, "one more", Now));
        Refused("session_followed", () => closed.Reopen(Till, followed: true, Nothing, "one more", Now));
        Refused("register_retired", () => closed.Reopen(Till with { Retired = true }, followed: false, Nothing, "one more", Now));
        Refused("register_moved", () => closed.Reopen(Till with { LocationId = Harbour }, followed: false, Nothing, "one more", Now));
        Refused("reason_required", () => closed.Reopen(Till, followed: false, Nothing, " ", Now));

        var reopened = closed.Reopen(Till, followed: false, Nothing, "one more", Now).Single().ShouldBeOfType<RegisterSessionReopened>();
        reopened.Unpaid.ShouldBe([Id]);
        RegisterSession.Evolve(closed, reopened).PayOut(Eur(11_000), "bank", Now).ShouldHaveSingleItem();
        closed.Reopen(Till, followed: false, new HashSet<SaleId> { Id }, "one more", Now).Single().ShouldBeOfType<RegisterSessionReopened>().Unpaid.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_paid_at_another_till_is_not_unpaid_any_more()
    {
        var session = Session(Entered(SessionEntry.Sale, 1190, due: 190, Cash(1000)));
        session.Settle(Id, Now).ShouldBe([new SaleSettled(Morning, Id, Now)]);
        var after = RegisterSession.Evolve(session, new SaleSettled(Morning, Id, Now));
        after.Unpaid.ShouldBeEmpty();
        after.Totals.ShouldBe(session.Totals);
        after.Settle(Id, Now).ShouldBeEmpty();
        RegisterSession.Evolve(session, session.Close(Eur(11_000), null, Now).Single()).Settle(Id, Now).ShouldBeEmpty();
    }

    private static void Refused(string code, Func<object> decide) => Should.Throw<DomainException>(decide).Error.Code.ShouldBe(code);
}
