using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// When a provider is asked again for what it has not finished, or does not show yet: it tells of that once, and what it tells may get lost. Half a minute
/// later, then after twice as long each time, up to six hours; for a day and a half in all.
/// </summary>
internal static class AskAgain
{
    /// <summary>How often, in all.</summary>
    public const int Most = 15;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <param name="payment">Of which it is asked.</param>
    /// <param name="asked">How often it was asked again so far; after <see cref="Most"/> times it is not any more.</param>
    /// <param name="question">What it is called: however many ask it at once, it is asked again once.</param>
    /// <param name="next">The question.</param>
    public static Task<Committed> AskLater(
        this ILane lane, PaymentId payment, int asked, string question, IRequest<Committed> next, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Payment>(payment.Value),
        (log, now) =>
        {
            if (asked < Most)
            {
                log.Schedule(next, now + After(asked), $"{question}:{asked + 1}");
            }

            return new Committed(log.Version(payment.Value));
        },
        cancellationToken);

    /// <summary>The same for what is no payment: whoever asks it gives up by itself.</summary>
    public static Task<Committed> AskLater(this ILane lane, int asked, string question, IRequest<Committed> next, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            log.Schedule(next, now + After(asked), $"{question}:{asked + 1}");
            return new Committed(0);
        },
        cancellationToken);

    private static TimeSpan After(int asked) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << asked));
}
