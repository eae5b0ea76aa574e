using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Application.TestClocks;

public static class TestClockErrors
{
    public static readonly DomainError Unknown = DomainError.NotFound("test clock");

    public static readonly DomainError Busy = new("clock_busy", "The clock is being advanced already.", ErrorKind.Busy);

    /// <summary>Somebody else shares it with businesses of their own.</summary>
    public static readonly DomainError Shared = new(
        "missing_permission", "The clock is also that of a business in which your role may not advance it.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["permission"] = Permissions.ClockAdvance });

    public static DomainError Backwards(DateTimeOffset now) => new("clock_backwards", $"The clock stands at {now:O} and only moves forward.");

    public static DomainError TooFar(DateTimeOffset latest) => new("clock_too_far", $"A test clock goes to {latest:O} at most.");
}
