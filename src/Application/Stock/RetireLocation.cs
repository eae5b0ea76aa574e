using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Nothing is kept there any more; what happened there stays. Errors: not_found (404), default_location, location_in_use (409), stale_version (412).
/// </summary>
public sealed record RetireLocation(LocationId LocationId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class RetireLocationHandler(ILane lane) : IRequestHandler<RetireLocation, Committed>
{
    /// <summary>One is enough to refuse.</summary>
    private const string Goods = "select item_id from rm.stock_levels where location_id = @location_id and (on_hand <> 0 or reserved <> 0) limit 1";

    private const string Registers = "select register_id from rm.registers where location_id = @location_id and not retired limit 1";

    public Task<Committed> Handle(RetireLocation command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Location>(command.LocationId.Value).In<StockItem>(Goods, new { command.LocationId }).In<Register>(Registers, new { command.LocationId }),
        (log, now) =>
        {
            var id = command.LocationId;
            Check.That(id != LocationId.Default, LocationErrors.IsDefault);
            var location = log.Get<Location>(id.Value);
            log.Expect(id.Value, command.ExpectedVersion);
            log.Append<Location, LocationEvent>(id.Value, location.Retire(hasGoods: log.All<StockItem>().Count > 0, hasRegister: log.All<Register>().Count > 0, now));
            return new Committed(log.Version(id.Value));
        },
        cancellationToken);
}
