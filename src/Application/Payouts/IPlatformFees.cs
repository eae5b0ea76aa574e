using Mainstreet.Domain.Payouts;

namespace Mainstreet.Application.Payouts;

/// <summary>What the platform charges where nothing else was agreed with a business (PAY-04): the section <c>Payouts</c> of the configuration.</summary>
public interface IPlatformFees
{
    FeeRate Default { get; }
}
