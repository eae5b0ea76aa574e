using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a caller who named a version is told when it is not the present one (requirements 9.6).</summary>
public static class Concurrency
{
    public static DomainError Stale(int current) => new(
        "stale_version", $"The present version is {current}.", ErrorKind.Stale,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["current_version"] = current });

    /// <summary>Errors: stale_version (412) when the caller named a version and the stream has another.</summary>
    public static void Expect(this ILaneLog log, Guid stream, int? expected)
    {
        var current = log.Version(stream);
        if (expected is { } version && version != current)
        {
            throw new DomainException(Stale(current));
        }
    }
}
