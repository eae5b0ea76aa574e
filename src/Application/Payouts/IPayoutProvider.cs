using Mainstreet.Domain;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// Who transfers money to payees. Called by a message handler only, outside any transaction, at least once: the same key makes one transfer. What it decides
/// is its report; that it cannot be asked is an exception, which the message's retries answer.
/// </summary>
public interface IPayoutProvider
{
    /// <summary>Under which name payouts remember it.</summary>
    string Name { get; }

    /// <summary>Null: somebody records by hand what becomes of it.</summary>
    Task<TransferReport?> Transfer(PayoutTransfer transfer, CancellationToken cancellationToken);
}

/// <param name="Destination">What the provider calls the payee's account; null: none is known.</param>
/// <param name="IdempotencyKey">One per attempt.</param>
public sealed record PayoutTransfer(PayoutId PayoutId, Money Amount, string? Destination, string IdempotencyKey);

/// <summary>What became of a transfer.</summary>
public abstract record TransferReport
{
    /// <param name="Reference">What the provider calls it.</param>
    public sealed record Made(string Reference) : TransferReport;

    /// <param name="Reason">The provider's code.</param>
    public sealed record Refused(string Reason) : TransferReport;
}

/// <summary>A test tenant's transfers are simulated; a live one's are made as the configuration says.</summary>
public interface IPayoutProviders
{
    /// <summary>For new transfers.</summary>
    IPayoutProvider Present { get; }

    /// <summary>Of a transfer that was begun; it throws where that is configured no more.</summary>
    IPayoutProvider Named(string name);

    /// <summary>Whether it is configured.</summary>
    bool Knows(string name);
}
