using System.Globalization;

namespace Mainstreet.Domain.Webhooks;

public static class WebhookReplayErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("replay");
    public static readonly DomainError Empty = new("replay_empty", "Nothing happened in this range.");
    public static readonly DomainError Running = new("replay_running", "Another replay to this endpoint is running: wait for it, or cancel it.", ErrorKind.Conflict);

    /// <param name="place">The pointer of the position.</param>
    /// <param name="head">The last position of the log.</param>
    public static DomainError PositionAhead(string place, long head) => new(
        "position_ahead", string.Create(CultureInfo.InvariantCulture, $"The log ends at position {head}."),
        Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["head"] = head })
    { Place = place };
}
