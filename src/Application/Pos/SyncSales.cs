using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// What a till sold while it was offline (POS-05). Each sale is rung up once, by the id that the till gave it, however often and by how many devices it is
/// sent; one that is refused stands in nobody's way. All that are taken are one commit.
/// </summary>
public sealed record SyncSales(string DeviceId, IReadOnlyList<OfflineTillSale> Sales) : IRequest<SyncReceipt>
{
    public const int Max = 500;
}

/// <param name="OccurredAt">By the clock of the till.</param>
public sealed record OfflineTillSale(TillSale Sale, DateTimeOffset OccurredAt);

public enum SyncOutcome
{
    Created,

    /// <summary>It was rung up before: nothing was done.</summary>
    Duplicate,

    /// <summary>Nothing was done. With what was wrong put right it may be sent again under the same id.</summary>
    Rejected,
}

public sealed record SyncedSale(
    string? ClientId, SyncOutcome Status, SaleId? SaleId = null, string? Number = null, OfflineDifference[]? Differences = null, ItemFault? Error = null);

/// <summary>How each sale fared, in the order in which they were sent.</summary>
public sealed record SyncReceipt(SyncedSale[] Sales) : Committed(Version: 0);

internal sealed class SyncSalesValidator : AbstractValidator<SyncSales>
{
    public SyncSalesValidator()
    {
        RuleFor(c => c.DeviceId).NotEmpty().MaximumLength(TillSale.MaxClientId);
        RuleFor(c => c.Sales).Must(sales => sales.Count is > 0 and <= SyncSales.Max).WithErrorCode("sale_count").WithMessage($"1 to {SyncSales.Max} sales are sent at once.");
    }
}

internal sealed class SyncSalesHandler(ILane lane, IReadStore reads, ITenantContext tenant) : IRequestHandler<SyncSales, SyncReceipt>
{
    /// <summary>By how much a till's clock may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>How long a till may be offline.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public async Task<SyncReceipt> Handle(SyncSales command, CancellationToken cancellationToken)
    {
        var faults = command.Sales.Select(sale => ItemFault.Of(() => sale.Sale.CheckShape())).ToArray();
        var sound = command.Sales.Where((_, i) => faults[i] is null).Select(sale => sale.Sale).ToArray();
        var facts = await TillFacts.Of(reads, sound, cancellationToken);
        return await lane.Run(
            streams => facts.AddTo(streams, tenant.Tenant).Of<Sale>(sound.Select(sale => SaleId.Of(sale.ClientId!).Value)),
            (log, now) =>
            {
                var till = new TillDecision(log, facts, log.Get<BusinessProfile>(tenant.Tenant.Value).Settings, mayOverride: true, now);
                return new SyncReceipt([.. command.Sales.Select((sale, i) => faults[i] is { } fault
                    ? new(sale.Sale.ClientId, SyncOutcome.Rejected, Error: fault)
                    : Take(sale, OfflineTill.At(command.DeviceId, sale.OccurredAt), till, log, now))]);
            },
            cancellationToken);
    }

    private static SyncedSale Take(OfflineTillSale sale, OfflineTill offline, TillDecision till, ILaneLog log, DateTimeOffset now)
    {
        var (client, id) = (sale.Sale.ClientId!, SaleId.Of(sale.Sale.ClientId!));
        if (log.Find<Sale>(id.Value) is { } known)
        {
            return new(client, SyncOutcome.Duplicate, id, known.Number);
        }

        var fault = ItemFault.Of(() =>
        {
            Check.That(sale.OccurredAt <= now + Ahead, TillErrors.Rule("/occurred_at", "in_the_future", "It has not happened yet."));
            Check.That(sale.OccurredAt >= now - Longest, TillErrors.Rule("/occurred_at", "too_long_ago", $"It is more than {Longest.Days} days ago."));
            till.RingUp(id, sale.Sale, offline);
        });
        return fault is null
            ? new(client, SyncOutcome.Created, id, log.Get<Sale>(id.Value).Number, log.Get<Sale>(id.Value).Differences)
            : new(client, SyncOutcome.Rejected, Error: fault);
    }
}
