using System.Text.Json;
using Mainstreet.Domain.Deliveries;
using static Mainstreet.Domain.Tests.Deliveries.DeliverySamples;

namespace Mainstreet.Domain.Tests.Deliveries;

public class DrivingADelivery
{
    /// <summary>What the driver can reach from each status, written down once more and apart from the code.</summary>
    private static readonly Dictionary<DeliveryStatus, string> Reachable = new()
    {
        [DeliveryStatus.Assigned] = "to_business at_pickup failed",
        [DeliveryStatus.ToBusiness] = "at_pickup failed",
        [DeliveryStatus.AtPickup] = "picked_up failed",
        [DeliveryStatus.PickedUp] = "en_route failed",
        [DeliveryStatus.EnRoute] = "arrived failed",
        [DeliveryStatus.Arrived] = "delivered failed",
        [DeliveryStatus.Delivered] = "",
        [DeliveryStatus.Failed] = "",
        [DeliveryStatus.Canceled] = "",
    };

    public static TheoryData<DeliveryStatus, DeliveryStatus> Steps => [.. Reachable.Keys.SelectMany(_ => Enum.GetValues<DeliveryStatus>(), (from, to) => (from, to))];

    [Theory, MemberData(nameof(Steps))]
    public void A_step_is_repeated_possible_or_refused_with_what_is_possible(DeliveryStatus from, DeliveryStatus to)
    {
        var possible = Reachable[from].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        DeliveryEvent[] given = from == DeliveryStatus.Arrived ? [.. In(from), Proven, Collected(Due)] : In(from);
        var step = new Spec<Delivery, DeliveryEvent>().Given(given).When(d => d.Advance(to, Dana, Now, DeliveryFailure.Refused));

        if (from == to)
        {
            step.ThenNothing();
        }
        else if (possible.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(to.ToString())))
        {
            step.Then(Expected(to)).Status.ShouldBe(to);
        }
        else
        {
            step.ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(possible);
        }
    }

    [Theory]
    [InlineData(DeliveryStatus.Assigned)]
    [InlineData(DeliveryStatus.Arrived)]
    [InlineData(DeliveryStatus.Delivered)]
    public void Another_driver_finds_nothing(DeliveryStatus status)
    {
        When(d => d.Advance(DeliveryStatus.Failed, Emil, Now, DeliveryFailure.Other), In(status)).ThenRejected("not_found");
        When(d => d.Advance(status, Emil, Now), In(status)).ThenRejected("not_found");
        When(d => d.SubmitProof(Photo, Emil, Now), In(status)).ThenRejected("not_found");
        When(d => d.CollectCash(Due, Emil, Now), In(status)).ThenRejected("not_found");
    }

    [Fact]
    public void Nobody_drives_what_nobody_was_assigned() =>
        When(d => d.Advance(DeliveryStatus.ToBusiness, Dana, Now), In(DeliveryStatus.Unassigned)).ThenRejected("not_found");

    [Fact]
    public void A_failure_has_a_reason()
    {
        When(d => d.Advance(DeliveryStatus.Failed, Dana, Now), In(DeliveryStatus.EnRoute)).ThenRejected("failure_reason_missing");
        When(d => d.Advance(DeliveryStatus.Failed, Dana, Now, DeliveryFailure.Other, new string('n', 501)), In(DeliveryStatus.EnRoute)).ThenRejected("reason_invalid");
        When(d => d.Advance(DeliveryStatus.Failed, Dana, Now, DeliveryFailure.Accident, "On the bridge"), In(DeliveryStatus.EnRoute))
            .Then(new DeliveryFailed(Parcel, Order, Dana, Carla, DeliveryFailure.Accident, "On the bridge", Now));
    }

    [Fact]
    public void A_delivery_is_completed_with_proof_and_cash_only()
    {
        Delivered(In(DeliveryStatus.Arrived)).ThenRejected("proof_required");
        Delivered([.. In(DeliveryStatus.Arrived), Proven]).ThenRejected("cash_due").Details!["due"].ShouldBe(Due);
        Delivered([.. In(DeliveryStatus.Arrived), Collected(Due)]).ThenRejected("proof_required");
        Delivered([.. In(DeliveryStatus.Arrived, CashRequest with { CashToCollect = null }), Proven])
            .Then(new DeliveryCompleted(Parcel, Order, Dana, null, Now)).Status.ShouldBe(DeliveryStatus.Delivered);
    }

    [Theory]
    [InlineData(DeliveryStatus.EnRoute)]
    [InlineData(DeliveryStatus.Arrived)]
    public void Proof_is_given_on_the_way_or_at_the_door(DeliveryStatus status)
    {
        When(d => d.SubmitProof(Photo, Dana, Now), In(status)).Then(Proven).Proof.ShouldBe(Photo);
        When(d => d.SubmitProof(Photo with { }, Dana, Now), [.. In(status), Proven]).ThenNothing();
        When(d => d.SubmitProof(new ProofOfDelivery(Code: "4711"), Dana, Now), [.. In(status), Proven])
            .Then(new DeliveryProofSubmitted(Parcel, Order, Dana, Carla, new ProofOfDelivery(Code: "4711"), Now));
    }

    [Fact]
    public void Proof_shows_something_and_not_too_early()
    {
        When(d => d.SubmitProof(Photo, Dana, Now), In(DeliveryStatus.PickedUp)).ThenRejected("illegal_transition");
        foreach (var proof in new[]
        {
            new ProofOfDelivery(), new ProofOfDelivery(Note: "At the door"), new ProofOfDelivery(Code: " "), new ProofOfDelivery("ftp://x/y"),
            Photo with { Note = new string('n', 501) }, Photo with { Position = new GeoPoint(91, 0) },
        })
        {
            When(d => d.SubmitProof(proof, Dana, Now), In(DeliveryStatus.Arrived)).ThenRejected("proof_invalid");
        }
    }

    [Fact]
    public void Cash_is_collected_at_the_door_and_not_less_than_due()
    {
        var more = new Money(3000, "EUR");
        Collect(Due, In(DeliveryStatus.Arrived)).Then(Collected(Due)).CashCollected.ShouldBe(Due);
        Collect(more, In(DeliveryStatus.Arrived)).Then(Collected(more));
        Collect(Due, [.. In(DeliveryStatus.Arrived), Collected(Due)]).ThenNothing();
        Collect(more, [.. In(DeliveryStatus.Arrived), Collected(Due)]).ThenRejected("cash_collected_already");
        Collect(new Money(2639, "EUR"), In(DeliveryStatus.Arrived)).ThenRejected("cash_due");
        Collect(new Money(3000, "USD"), In(DeliveryStatus.Arrived)).ThenRejected("cash_due");
        Collect(Due, In(DeliveryStatus.EnRoute)).ThenRejected("illegal_transition");
        Collect(Due, In(DeliveryStatus.Arrived, CashRequest with { CashToCollect = null })).ThenRejected("no_cash_due");
    }

    [Fact]
    public void What_is_due_follows_an_order_that_is_amended()
    {
        var less = new Money(1320, "EUR");
        When(d => d.ChangeCashDue(less, Now), In(DeliveryStatus.AtPickup)).Then(new DeliveryCashDueChanged(Parcel, Order, less, Now)).CashToCollect.ShouldBe(less);
        When(d => d.ChangeCashDue(null, Now), In(DeliveryStatus.Unassigned)).Then(new DeliveryCashDueChanged(Parcel, Order, null, Now)).CashToCollect.ShouldBeNull();
        When(d => d.ChangeCashDue(Due, Now), In(DeliveryStatus.AtPickup)).ThenNothing();
        When(d => d.ChangeCashDue(less, Now), In(DeliveryStatus.Failed)).ThenNothing();
    }

    private static DeliveryEvent Expected(DeliveryStatus to) => to switch
    {
        DeliveryStatus.ToBusiness => new DeliveryHeadedToPickup(Parcel, Order, Dana, Now),
        DeliveryStatus.AtPickup => new DeliveryArrivedPickup(Parcel, Order, Dana, Now),
        DeliveryStatus.PickedUp => new DeliveryPickedUp(Parcel, Order, Dana, Now),
        DeliveryStatus.EnRoute => new DeliveryEnRoute(Parcel, Order, Dana, Now),
        DeliveryStatus.Arrived => new DeliveryArrived(Parcel, Order, Dana, Now),
        DeliveryStatus.Delivered => new DeliveryCompleted(Parcel, Order, Dana, Due, Now),
        _ => new DeliveryFailed(Parcel, Order, Dana, Carla, DeliveryFailure.Refused, null, Now),
    };

    private static Spec<Delivery, DeliveryEvent> Delivered(DeliveryEvent[] given) => When(d => d.Advance(DeliveryStatus.Delivered, Dana, Now), given);

    private static Spec<Delivery, DeliveryEvent> Collect(Money amount, DeliveryEvent[] given) => When(d => d.CollectCash(amount, Dana, Now), given);

    private static Spec<Delivery, DeliveryEvent> When(Func<Delivery, DeliveryEvent[]> decide, DeliveryEvent[] given) =>
        new Spec<Delivery, DeliveryEvent>().Given(given).When(decide);
}
