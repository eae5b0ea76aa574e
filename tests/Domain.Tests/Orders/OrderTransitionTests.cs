using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

/// <summary>Every step from every status: what it records, that its repeat records nothing, and what refuses it.</summary>
public class OrderTransitionTests
{
    private static readonly DateTimeOffset Later = Noon.AddHours(1);

    private static readonly Dictionary<string, OrderEvent[]> Histories = new(StringComparer.Ordinal)
    {
        ["awaiting_payment"] = [Placed(PaymentMethod.Card)],
        ["pending"] = [Placed()],
        ["confirmed"] = [Placed(), Confirmed],
        ["preparing"] = [Placed(), Confirmed, Preparing],
        ["ready"] = [Placed(), Confirmed, Ready],
        ["ready for pickup"] = [Placed(type: DeliveryType.Pickup), Confirmed, Ready],
        ["ready again"] = [Placed(), Confirmed, Ready, Left, Failed, Redelivery],
        ["out_for_delivery"] = [Placed(), Confirmed, Ready, Left],
        ["delivered"] = [Placed(), Confirmed, Ready, Left, Delivered],
        ["collected"] = [Placed(type: DeliveryType.Pickup), Confirmed, Ready, Collected],
        ["completed"] = [Placed(), Confirmed, Ready, Left, Delivered, Completed],
        ["delivery_failed"] = [Placed(), Confirmed, Ready, Left, Failed],
        ["returned"] = [Placed(), Confirmed, Ready, Left, Failed, Returned],
        ["canceled"] = [Placed(), Canceled],
        ["expired"] = [Placed(PaymentMethod.Card), Expired],
        ["rejected"] = [Placed(), Rejected],
    };

    private static readonly Dictionary<string, Func<Order, OrderEvent[]>> Steps = new(StringComparer.Ordinal)
    {
        ["authorize_payment"] = order => order.AuthorizePayment("pi_1", Later),
        ["confirm"] = order => order.Confirm(Later, Later),
        ["reject"] = order => order.Reject("oven_broken", Later),
        ["start_preparation"] = order => order.StartPreparation(Later),
        ["ready"] = order => order.MarkReady(Later),
        ["hand_to_driver"] = order => order.HandToDriver(Delivery, Dan, Later),
        ["complete_delivery"] = order => order.CompleteDelivery(Total, Later),
        ["collect"] = order => order.Collect(Total, Later),
        ["complete"] = order => order.Close(Later),
        ["fail_delivery"] = order => order.FailDelivery("nobody_home", Later),
        ["redeliver"] = order => order.RequestRedelivery(Later),
        ["return"] = order => order.ReturnToStore(Later),
        ["amend"] = order => order.Amend(Pizzas(1), Later),
        ["cancel"] = order => order.Cancel(CanceledBy.Business, "sold_out", Later),
    };

    /// <summary>Status, then the steps it allows with what they record, then those that had their effect already.</summary>
    private static readonly (string Status, (string Step, Type Event)[] Allowed, string[] Repeats)[] Table =
    [
        ("awaiting_payment", [("authorize_payment", typeof(OrderPaymentAuthorized)), ("cancel", typeof(OrderCanceled))], []),
        ("pending", [("confirm", typeof(OrderConfirmed)), ("reject", typeof(OrderRejected)), ("amend", typeof(OrderAmended)), ("cancel", typeof(OrderCanceled))], []),
        ("confirmed", [("start_preparation", typeof(OrderPreparationStarted)), ("ready", typeof(OrderReady)), ("amend", typeof(OrderAmended)), ("cancel", typeof(OrderCanceled))], ["confirm"]),
        ("preparing", [("ready", typeof(OrderReady)), ("amend", typeof(OrderAmended)), ("cancel", typeof(OrderCanceled))], ["start_preparation"]),
        ("ready", [("hand_to_driver", typeof(OrderOutForDelivery)), ("cancel", typeof(OrderCanceled))], ["ready"]),
        ("ready for pickup", [("collect", typeof(OrderCollected)), ("cancel", typeof(OrderCanceled))], ["ready"]),
        ("ready again", [("hand_to_driver", typeof(OrderOutForDelivery)), ("cancel", typeof(OrderCanceled))], ["ready", "redeliver"]),
        ("out_for_delivery", [("complete_delivery", typeof(OrderDelivered)), ("fail_delivery", typeof(OrderDeliveryFailed))], ["hand_to_driver"]),
        ("delivered", [("complete", typeof(OrderCompleted))], ["complete_delivery"]),
        ("collected", [("complete", typeof(OrderCompleted))], ["collect"]),
        ("completed", [], ["complete_delivery", "complete"]),
        ("delivery_failed", [("redeliver", typeof(OrderRedeliveryRequested)), ("return", typeof(OrderReturned))], ["fail_delivery"]),
        ("returned", [], ["return"]),
        ("canceled", [], ["cancel"]),
        ("expired", [], ["cancel"]),
        ("rejected", [], ["reject"]),
    ];

    public static MatrixTheoryData<string, string> EveryStepFromEveryStatus => new(Histories.Keys, Steps.Keys);

    public static TheoryData<string> Statuses => [.. Histories.Keys];

    [Theory, MemberData(nameof(EveryStepFromEveryStatus))]
    public void A_step_is_recorded_repeated_or_refused(string status, string step)
    {
        var (_, allowed, repeats) = Table.Single(row => row.Status == status);
        var spec = new Spec<Order, OrderEvent>().Given(Histories[status]).When(Steps[step]);

        if (allowed.FirstOrDefault(possible => possible.Step == step).Event is { } recorded)
        {
            var order = Fold(Histories[status]);
            var decided = Steps[step](order);
            decided.Single().ShouldBeOfType(recorded);
            Steps[step](decided.Aggregate(order, Order.Evolve)).ShouldBeEmpty("a repeat records nothing");
        }
        else if (repeats.Contains(step, StringComparer.Ordinal))
        {
            spec.ThenNothing();
        }
        else
        {
            var error = spec.ThenRejected("illegal_transition");
            error.Kind.ShouldBe(ErrorKind.Conflict);
            error.Details!["allowed_transitions"].ShouldBe(allowed.Select(possible => possible.Step));
        }
    }

    [Theory, MemberData(nameof(Statuses))]
    public void The_allowed_transitions_are_those_that_record_something(string status) =>
        Fold(Histories[status]).AllowedTransitions.ShouldBe(Table.Single(row => row.Status == status).Allowed.Select(possible => possible.Step));

    [Theory]
    [InlineData("awaiting_payment", true)]
    [InlineData("pending", true)]
    [InlineData("confirmed", false)]
    [InlineData("preparing", false)]
    [InlineData("ready", false)]
    [InlineData("out_for_delivery", false)]
    public void A_customer_cancels_until_the_order_is_confirmed(string status, bool possible)
    {
        var spec = new Spec<Order, OrderEvent>().Given(Histories[status]).When(order => order.Cancel(CanceledBy.Customer, "changed_my_mind", Later));
        if (possible)
        {
            spec.Then(new OrderCanceled(Id, "1001", CanceledBy.Customer, "changed_my_mind", Reversed, Later)).Status.ShouldBe(OrderStatus.Canceled);
        }
        else
        {
            spec.ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(Array.Empty<string>());
        }
    }

    [Theory, MemberData(nameof(Statuses))]
    public void Only_a_pending_order_times_out(string status)
    {
        var spec = new Spec<Order, OrderEvent>().Given(Histories[status]).When(order => order.TimeoutAcceptance(Later));
        if (status == "pending")
        {
            spec.Then(new OrderRejected(Id, "1001", "acceptance_timeout", Reversed, Later));
        }
        else
        {
            spec.ThenNothing();
        }
    }

    [Fact]
    public void An_order_does_not_time_out_early()
    {
        var pending = new Spec<Order, OrderEvent>().Given(Histories["pending"]);
        pending.When(order => order.TimeoutAcceptance(Noon.AddMinutes(10).AddTicks(-1))).ThenNothing();
        pending.When(order => order.TimeoutAcceptance(Noon.AddMinutes(10))).Then(new OrderRejected(Id, "1001", "acceptance_timeout", Reversed, Noon.AddMinutes(10)));
    }

    [Theory, MemberData(nameof(Statuses))]
    public void Only_an_unpaid_order_expires(string status)
    {
        var spec = new Spec<Order, OrderEvent>().Given(Histories[status]).When(order => order.ExpirePayment(Later));
        if (status == "awaiting_payment")
        {
            spec.Then(new OrderPaymentExpired(Id, "1001", Reversed, Later)).Status.ShouldBe(OrderStatus.Canceled);
        }
        else
        {
            spec.ThenNothing();
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void An_order_is_placed_once(string status) =>
        Should.Throw<InvalidOperationException>(() => Order.Evolve(Fold(Histories[status]), Placed()));

    [Fact]
    public void Nothing_happens_to_an_order_that_was_never_placed() =>
        Should.Throw<InvalidOperationException>(() => Order.Evolve(null, Confirmed)).Message.ShouldContain("an empty stream");

    private static Order Fold(OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;
}
