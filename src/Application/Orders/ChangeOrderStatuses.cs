using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// Steps of many orders at once, such as all that a courier has taken along. Each is taken or rejected by itself, in the order in which they are sent, and all
/// that are taken are one commit. Sent again, they change nothing more.
/// </summary>
public sealed record ChangeOrderStatuses(IReadOnlyList<ChangeOrderStatus> Changes) : IRequest<StatusesReceipt>
{
    public const int Max = 500;
}

public enum StatusOutcome
{
    Changed,

    /// <summary>The order had the status already: nothing was done.</summary>
    Unchanged,

    /// <summary>Nothing was done.</summary>
    Rejected,
}

/// <param name="Version">Of the order from now on; 0 where it is rejected.</param>
public sealed record StatusChangeResult(OrderId OrderId, StatusOutcome Outcome, int Version, ItemFault? Error = null);

/// <summary>How each fared, in the order in which they were sent.</summary>
public sealed record StatusesReceipt(StatusChangeResult[] Results) : Committed(Version: 0);

internal sealed class ChangeOrderStatusesValidator : AbstractValidator<ChangeOrderStatuses>
{
    public ChangeOrderStatusesValidator() =>
        RuleFor(c => c.Changes).Must(changes => changes.Count is > 0 and <= ChangeOrderStatuses.Max).OverridePropertyName("items")
            .WithMessage($"1 to {ChangeOrderStatuses.Max} steps are taken at once.");
}

internal sealed class ChangeOrderStatusesHandler(ILane lane, IReadStore reads) : IRequestHandler<ChangeOrderStatuses, StatusesReceipt>
{
    private static readonly ChangeOrderStatusValidator Shape = new();

    public async Task<StatusesReceipt> Handle(ChangeOrderStatuses command, CancellationToken cancellationToken)
    {
        var orders = command.Changes.Select(change => change.OrderId.Value).Distinct().ToArray();
        var accounts = await reads.List<Guid>(
            "select distinct (points ->> 'account_id')::uuid from rm.orders where order_id = any(@orders) and points is not null", new { orders }, cancellationToken);
        return await lane.Run(
            streams => streams.OfOrders(orders, accounts),
            (log, now) =>
            {
                var known = log.All<Order>().Select(order => order.Id).ToHashSet(); // whatever else has such an id is no order
                return new StatusesReceipt([.. command.Changes.Select(change => Take(change, known.Contains(change.OrderId), log, now))]);
            },
            cancellationToken);
    }

    private static StatusChangeResult Take(ChangeOrderStatus change, bool isKnown, ILaneLog log, DateTimeOffset now)
    {
        OrderEvent[] events = [];
        var fault = ItemFault.Of(() =>
        {
            CheckShape(change);
            Check.That(isKnown, DomainError.NotFound("order"));
            var order = log.Get<Order>(change.OrderId.Value);
            log.Expect(change.OrderId.Value, change.ExpectedVersion);
            events = ChangeOrderStatusHandler.Decide(change, order, now);
        });
        if (fault is not null)
        {
            return new(change.OrderId, StatusOutcome.Rejected, Version: 0, fault);
        }

        log.AppendOrder(change.OrderId, now, events);
        return new(change.OrderId, events is [] ? StatusOutcome.Unchanged : StatusOutcome.Changed, log.Version(change.OrderId.Value));
    }

    private static void CheckShape(ChangeOrderStatus change)
    {
        if (Shape.Validate(change).Errors is [var fault, ..])
        {
            throw new DomainException(new("validation_failed", fault.ErrorMessage, ErrorKind.Invalid) { Place = "/reason" }); // the one member with a rule
        }
    }
}
