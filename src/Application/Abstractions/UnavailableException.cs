namespace Mainstreet.Application;

/// <summary>
/// Not now, but the same request may succeed later: an overloaded lane, or a read model that has not reached the position
/// asked for. HTTP answers 503 with <c>Retry-After</c>; message workers try again.
/// </summary>
/// <param name="code">Stable and snake_case, such as projection_lagging.</param>
/// <param name="message">For people.</param>
/// <param name="retryAfter">When it makes sense to ask again; sent in whole seconds, rounded up.</param>
/// <param name="details">Become members of the problem document, such as <c>lag</c>.</param>
public sealed class UnavailableException(string code, string message, TimeSpan retryAfter, IReadOnlyDictionary<string, object?>? details = null)
    : Exception(message)
{
    public string Code { get; } = code;

    public TimeSpan RetryAfter { get; } = retryAfter;

    public IReadOnlyDictionary<string, object?>? Details { get; } = details;
}
