namespace Mainstreet.Domain;

/// <summary>Which public event types are meant: <c>order.placed</c>, <c>order.*</c> or <c>*</c>.</summary>
public static class EventTypePattern
{
    /// <summary>Whether one of the patterns means this type.</summary>
    public static bool AnyMatches(string[] patterns, string publicType) => Array.Exists(patterns, pattern =>
        pattern is "*" || (pattern.EndsWith(".*", StringComparison.Ordinal)
            ? publicType.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : pattern == publicType));
}
