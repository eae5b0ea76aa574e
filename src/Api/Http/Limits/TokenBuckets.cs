using System.Runtime.InteropServices;

namespace Mainstreet.Api.Http.Limits;

/// <param name="Granted">There was a token.</param>
/// <param name="Left">Tokens in the bucket after that, of all processes.</param>
/// <param name="Next">When there is a token again; zero while there is one.</param>
/// <param name="Full">When all are there again.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Allowance(bool Granted, int Left, TimeSpan Next, TimeSpan Full);

/// <summary>
/// One bucket of tokens for everybody whom a limit is about. Every process keeps its own and gives out its part of the limit, so nothing is
/// asked of the database. Who was not seen for a window has a full bucket again and is forgotten; with more than <paramref name="most"/> at once
/// those are forgotten who were not seen for longest, so memory is bounded.
/// </summary>
internal sealed class TokenBuckets<TKey>(RateLimit limit, int most, TimeProvider clock) where TKey : notnull
{
    /// <summary>Who comes when told to is not sent away for what sums of fractions lose.</summary>
    private const double Rounding = 1e-9;

    private readonly Lock gate = new();
    private Dictionary<TKey, Bucket> recent = [];
    private Dictionary<TKey, Bucket> before = [];
    private long turned = clock.GetTimestamp();

    /// <summary>How many are counted at the moment.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return recent.Count + before.Count;
            }
        }
    }

    /// <param name="key">Who asks.</param>
    /// <param name="processes">Among how many the limit is shared.</param>
    public Allowance Take(TKey key, int processes)
    {
        var part = Math.Max(1, (double)limit.Requests / processes);
        lock (gate)
        {
            var now = clock.GetTimestamp();
            Turn(now);
            ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(recent, key, out var known);
            if (!known)
            {
                bucket = before.Remove(key, out var older) ? older : new(part, now);
            }

            var filled = Math.Min(part, bucket.Tokens + (part * (clock.GetElapsedTime(bucket.At, now) / limit.Window)));
            var granted = filled >= 1 - Rounding;
            bucket = new(granted ? Math.Max(0, filled - 1) : filled, now);
            return new(
                granted, (int)(Math.Floor(bucket.Tokens + Rounding) * processes), bucket.Tokens >= 1 ? TimeSpan.Zero : limit.Window * ((1 - bucket.Tokens) / part),
                limit.Window * ((part - bucket.Tokens) / part));
        }
    }

    /// <summary>What nobody asked for since the turn before is dropped.</summary>
    private void Turn(long now)
    {
        if (recent.Count >= most || clock.GetElapsedTime(turned, now) >= limit.Window)
        {
            (recent, before, turned) = ([], recent, now);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bucket(double Tokens, long At);
}
