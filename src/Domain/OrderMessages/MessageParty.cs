namespace Mainstreet.Domain.OrderMessages;

/// <summary>Who talks about an order (ORD-13).</summary>
public enum MessageSide
{
    Customer,
    Business,
    Driver,
}

public static class MessageSides
{
    /// <summary>
    /// The table of who sees what: who wrote it and to whom it was written, and the business all that is said about its orders. So what business and driver tell each
    /// other the customer does not see, and what business and customer tell each other the driver does not.
    /// </summary>
    public static bool Sees(this MessageSide reader, MessageSide from, MessageSide to) => reader is MessageSide.Business || reader == from || reader == to;
}

/// <summary>Somebody who writes or reads.</summary>
/// <param name="AccountId">The customer's; null: nobody with an account, or whoever holds the order's token.</param>
/// <param name="DriverId">Of a driver: sees what was said to or by this one, and nothing of who drove before.</param>
public sealed record MessageParty(MessageSide Side, AccountId? AccountId = null, DriverId? DriverId = null)
{
    public static readonly MessageParty Business = new(MessageSide.Business);

    /// <summary>Whoever holds the order's token, which is passed on more easily than it should.</summary>
    public static readonly MessageParty Link = new(MessageSide.Customer);

    public bool IsLink => this == Link;

    public static MessageParty Customer(AccountId account) => new(MessageSide.Customer, account);

    public static MessageParty Driver(DriverId driver) => new(MessageSide.Driver, DriverId: driver);

    /// <param name="driver">To or by whom, where it is a driver's message.</param>
    public bool Sees(MessageSide from, MessageSide to, DriverId? driver) => Side.Sees(from, to) && (Side is not MessageSide.Driver || DriverId == driver);

    /// <summary>Whether it is for this one to read.</summary>
    public bool IsAddressed(MessageSide to, DriverId? driver) => Side == to && (Side is not MessageSide.Driver || DriverId == driver);
}
