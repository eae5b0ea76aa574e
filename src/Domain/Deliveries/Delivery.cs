using System.Globalization;
using System.Text.Json;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Deliveries;

/// <summary>
/// Unassigned -> assigned -> to_business -> at_pickup -> picked_up -> en_route -> arrived -> delivered; a driver can report
/// failure on the way, the business can cancel or unassign before the goods are picked up. What a driver does names the
/// driver: for another one the delivery does not exist. Requirement DRV-09 and table 11.10.
/// </summary>
public sealed record Delivery(
    DeliveryId Id,
    OrderId OrderId,
    string OrderNumber,
    CustomerId CustomerId,
    Money? CashToCollect,
    DeliveryStatus Status,
    DriverId? DriverId = null,
    ProofOfDelivery? Proof = null,
    Money? CashCollected = null) : IAggregate<Delivery, DeliveryEvent>
{
    /// <summary>An order is driven at most so often; then its goods go back to the shelf.</summary>
    public const int MostPerOrder = 10;

    /// <summary>Whether the goods may still arrive with this delivery: an order has one such at most.</summary>
    public bool IsActive => IsActiveIn(Status);

    /// <summary>The statuses that the assigned driver can ask for now.</summary>
    public DeliveryStatus[] DriverTransitions => DriverTransitionsFrom(Status);

    public static bool IsActiveIn(DeliveryStatus status) => status is not (DeliveryStatus.Delivered or DeliveryStatus.Failed or DeliveryStatus.Canceled);

    public static DeliveryStatus[] DriverTransitionsFrom(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Assigned => [DeliveryStatus.ToBusiness, DeliveryStatus.AtPickup, DeliveryStatus.Failed],
        DeliveryStatus.ToBusiness => [DeliveryStatus.AtPickup, DeliveryStatus.Failed],
        DeliveryStatus.AtPickup => [DeliveryStatus.PickedUp, DeliveryStatus.Failed],
        DeliveryStatus.PickedUp => [DeliveryStatus.EnRoute, DeliveryStatus.Failed],
        DeliveryStatus.EnRoute => [DeliveryStatus.Arrived, DeliveryStatus.Failed],
        DeliveryStatus.Arrived => [DeliveryStatus.Delivered, DeliveryStatus.Failed],
        DeliveryStatus.Unassigned or DeliveryStatus.Delivered or DeliveryStatus.Failed or DeliveryStatus.Canceled => [],
    };

    /// <summary>The statuses that the business can ask for now.</summary>
    public DeliveryStatus[] BusinessTransitions => Status switch
    {
        DeliveryStatus.Unassigned => [DeliveryStatus.Assigned, DeliveryStatus.Canceled],
        DeliveryStatus.Assigned or DeliveryStatus.ToBusiness or DeliveryStatus.AtPickup => [DeliveryStatus.Unassigned, DeliveryStatus.Canceled],
        DeliveryStatus.PickedUp or DeliveryStatus.EnRoute or DeliveryStatus.Arrived => [],
        DeliveryStatus.Delivered or DeliveryStatus.Failed or DeliveryStatus.Canceled => [],
    };

    /// <summary>
    /// All deliveries that an order can come to have, in their order: known beforehand, so that a decision can look at each.
    /// They name the business too, because the pool keeps those of all businesses.
    /// </summary>
    public static DeliveryId[] IdsOf(TenantId business, OrderId order) =>
        [.. Enumerable.Range(1, MostPerOrder).Select(n => new DeliveryId(
            Uuid.Named("delivery", business.ToString(), order.ToString(), n.ToString(CultureInfo.InvariantCulture))))];

    /// <summary>
    /// A driver can be given an order when the business has taken it on and until it leaves. Errors: not_for_delivery (422),
    /// illegal_transition (409).
    /// </summary>
    public static void RequireAssignable(Order order)
    {
        Check.That(order.DeliveryType == DeliveryType.Delivery, DeliveryErrors.NotForDelivery);
        if (order.Status is not (OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready))
        {
            throw order.Illegal("assign");
        }
    }

    public static DeliveryEvent[] Request(DeliveryRequest request, DateTimeOffset now)
    {
        Check.That(Check.IsText(request.OrderNumber, 50), DeliveryErrors.OrderNumberMissing);
        Check.That(Check.IsText(request.Pickup.Name, 200) && Check.IsOptionalText(request.Pickup.Phone, 200), DeliveryErrors.PickupInvalid);
        request.Pickup.Address?.Validate();
        // no stricter than an order: what was sold must be deliverable
        Check.That(!string.IsNullOrWhiteSpace(request.DropOff.Line), DeliveryErrors.DropOffInvalid);
        Check.That(request.Fee.Amount is >= 0 and <= Money.MaxAmount, DeliveryErrors.AmountInvalid);
        Check.That(request.CashToCollect is not { } cash || (cash.Amount is > 0 and <= Money.MaxAmount && cash.Currency == request.Fee.Currency), DeliveryErrors.AmountInvalid);
        return
        [
            new DeliveryRequested(request.DeliveryId, request.OrderId, request.OrderNumber, request.CustomerId, request.Pickup,
                request.DropOff, request.Contact, request.CashToCollect, request.Fee, now),
        ];
    }

    /// <summary>By hand. Another driver takes over only after the first was unassigned.</summary>
    public DeliveryEvent[] Assign(DriverId driver, string? driverName, DateTimeOffset now)
    {
        if (DriverId == driver && DriverTransitions.Length > 0)
        {
            return [];
        }

        RequireBusinessStep(DeliveryStatus.Assigned);
        return [new DeliveryAssigned(Id, OrderId, driver, driverName, now)];
    }

    public DeliveryEvent[] Unassign(string? reason, DateTimeOffset now)
    {
        Check.That(Check.IsOptionalText(reason, 500), DeliveryErrors.ReasonInvalid);
        if (Status == DeliveryStatus.Unassigned)
        {
            return [];
        }

        RequireBusinessStep(DeliveryStatus.Unassigned);
        return [new DeliveryUnassigned(Id, OrderId, DriverId!.Value, reason, now)];
    }

    public DeliveryEvent[] Cancel(string? reason, DateTimeOffset now)
    {
        Check.That(Check.IsOptionalText(reason, 500), DeliveryErrors.ReasonInvalid);
        if (Status == DeliveryStatus.Canceled)
        {
            return [];
        }

        RequireBusinessStep(DeliveryStatus.Canceled);
        return [new DeliveryCanceled(Id, OrderId, DriverId, CustomerId, reason, now)];
    }

    /// <summary>
    /// The driver's step to <paramref name="to"/>. Rejects <c>illegal_transition</c> with the statuses that are possible;
    /// delivered needs a proof and the cash that is due, failed needs a <paramref name="reason"/>.
    /// </summary>
    public DeliveryEvent[] Advance(DeliveryStatus to, DriverId driver, DateTimeOffset now, DeliveryFailure? reason = null, string? note = null)
    {
        RequireDriver(driver);
        if (Status == to)
        {
            return [];
        }

        if (!DriverTransitions.Contains(to))
        {
            throw Illegal(to, DriverTransitions);
        }

        return to switch
        {
            DeliveryStatus.ToBusiness => [new DeliveryHeadedToPickup(Id, OrderId, driver, now)],
            DeliveryStatus.AtPickup => [new DeliveryArrivedPickup(Id, OrderId, driver, now)],
            DeliveryStatus.PickedUp => [new DeliveryPickedUp(Id, OrderId, driver, now)],
            DeliveryStatus.EnRoute => [new DeliveryEnRoute(Id, OrderId, driver, now)],
            DeliveryStatus.Arrived => [new DeliveryArrived(Id, OrderId, driver, now)],
            DeliveryStatus.Delivered => Complete(driver, now),
            DeliveryStatus.Failed => Fail(driver, reason, note, now),
            DeliveryStatus.Unassigned or DeliveryStatus.Assigned or DeliveryStatus.Canceled => throw Illegal(to, DriverTransitions),
        };
    }

    /// <summary>On the way or at the door; again with other content to add to it.</summary>
    public DeliveryEvent[] SubmitProof(ProofOfDelivery proof, DriverId driver, DateTimeOffset now)
    {
        RequireDriver(driver);
        Check.That(
            (proof.PhotoUrl is not null || !string.IsNullOrWhiteSpace(proof.Signature) || !string.IsNullOrWhiteSpace(proof.Code))
            && (proof.PhotoUrl is null || Check.IsWebAddress(proof.PhotoUrl))
            && Check.IsOptionalText(proof.Signature, 10_000) && Check.IsOptionalText(proof.Code, 20) && Check.IsOptionalText(proof.Note, 500)
            && proof.Position?.IsOnEarth() is not false,
            DeliveryErrors.ProofInvalid);
        if (proof == Proof)
        {
            return [];
        }

        RequireOnTheWay("submit_proof", DeliveryStatus.EnRoute, DeliveryStatus.Arrived);
        return [new DeliveryProofSubmitted(Id, OrderId, driver, CustomerId, proof, now)];
    }

    /// <summary>Its order was amended, which is possible until the goods leave. What is over is as it was.</summary>
    /// <param name="due">Null: nothing.</param>
    /// <param name="now">When.</param>
    public DeliveryEvent[] ChangeCashDue(Money? due, DateTimeOffset now) =>
        IsActive && due != CashToCollect ? [new DeliveryCashDueChanged(Id, OrderId, due, now)] : [];

    /// <summary>At the door; what is due or more, such as with a tip.</summary>
    public DeliveryEvent[] CollectCash(Money amount, DriverId driver, DateTimeOffset now)
    {
        RequireDriver(driver);
        if (CashCollected is { } before)
        {
            Check.That(before == amount, DeliveryErrors.CashCollectedAlready);
            return [];
        }

        RequireOnTheWay("collect_cash", DeliveryStatus.Arrived);
        var due = CashToCollect ?? throw new DomainException(DeliveryErrors.NoCashDue);
        Check.That(amount.Currency == due.Currency && amount.Amount >= due.Amount && amount.Amount <= Money.MaxAmount, DeliveryErrors.CashDue(due));
        return [new DeliveryCashCollected(Id, OrderId, driver, amount, now)];
    }

    public static Delivery Evolve(Delivery? delivery, DeliveryEvent e) => (delivery, e) switch
    {
        (null, DeliveryRequested requested) =>
            new(requested.DeliveryId, requested.OrderId, requested.OrderNumber, requested.CustomerId, requested.CashToCollect, DeliveryStatus.Unassigned),
        ({ }, DeliveryAssigned assigned) => delivery with { Status = DeliveryStatus.Assigned, DriverId = assigned.DriverId },
        ({ }, DeliveryUnassigned) => delivery with { Status = DeliveryStatus.Unassigned, DriverId = null },
        ({ }, DeliveryHeadedToPickup) => delivery with { Status = DeliveryStatus.ToBusiness },
        ({ }, DeliveryArrivedPickup) => delivery with { Status = DeliveryStatus.AtPickup },
        ({ }, DeliveryPickedUp) => delivery with { Status = DeliveryStatus.PickedUp },
        ({ }, DeliveryEnRoute) => delivery with { Status = DeliveryStatus.EnRoute },
        ({ }, DeliveryArrived) => delivery with { Status = DeliveryStatus.Arrived },
        ({ }, DeliveryProofSubmitted submitted) => delivery with { Proof = submitted.Proof },
        ({ }, DeliveryCashCollected collected) => delivery with { CashCollected = collected.Amount },
        ({ }, DeliveryCashDueChanged changed) => delivery with { CashToCollect = changed.CashToCollect },
        ({ }, DeliveryCompleted) => delivery with { Status = DeliveryStatus.Delivered },
        ({ }, DeliveryFailed) => delivery with { Status = DeliveryStatus.Failed },
        ({ }, DeliveryCanceled) => delivery with { Status = DeliveryStatus.Canceled },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {delivery?.Status.ToString() ?? "an empty stream"}."),
    };

    private DeliveryEvent[] Complete(DriverId driver, DateTimeOffset now)
    {
        Check.That(Proof is not null, DeliveryErrors.ProofRequired);
        if (CashToCollect is { } due)
        {
            Check.That(CashCollected is { } collected && collected.Amount >= due.Amount, DeliveryErrors.CashDue(due));
        }

        return [new DeliveryCompleted(Id, OrderId, driver, CashCollected, now)];
    }

    private DeliveryEvent[] Fail(DriverId driver, DeliveryFailure? reason, string? note, DateTimeOffset now)
    {
        Check.That(reason is not null, DeliveryErrors.FailureReasonMissing);
        Check.That(Check.IsOptionalText(note, 500), DeliveryErrors.ReasonInvalid);
        return [new DeliveryFailed(Id, OrderId, driver, CustomerId, reason!.Value, note, now)];
    }

    private void RequireDriver(DriverId driver) => Check.That(DriverId == driver, DeliveryErrors.NotFound);

    private void RequireBusinessStep(DeliveryStatus to)
    {
        if (!BusinessTransitions.Contains(to))
        {
            throw Illegal(to, BusinessTransitions);
        }
    }

    private void RequireOnTheWay(string step, params DeliveryStatus[] statuses)
    {
        if (!statuses.Contains(Status))
        {
            throw Illegal(step, DriverTransitions);
        }
    }

    private DomainException Illegal(DeliveryStatus to, DeliveryStatus[] allowed) => Illegal(Name(to), allowed);

    private DomainException Illegal(string step, DeliveryStatus[] allowed) =>
        new(DomainError.IllegalTransition("The delivery", Name(Status), step, [.. allowed.Select(Name)]));

    private static string Name(DeliveryStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
