using System.Text.RegularExpressions;

namespace Mainstreet.Domain;

/// <summary>The IANA time zones that this machine knows.</summary>
public static partial class Timezones
{
    /// <summary>True for an id such as Europe/Berlin; false for a Windows id, an offset or a name in another case.</summary>
    public static bool IsKnown(string? id) =>
        id is not null && Format().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && string.Equals(zone.Id, id, StringComparison.Ordinal);

    /// <summary>The calendar day at that moment in a known zone: the business day of what happens then.</summary>
    public static DateOnly DayOf(DateTimeOffset at, string id) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(id)).DateTime);

    /// <summary>When a calendar day begins in a known zone: at the first moment that clocks there show its date.</summary>
    public static DateTimeOffset StartOf(DateOnly day, string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public static DomainError Unknown(string? id) => new("timezone_unknown", $"\"{id}\" is not an IANA time zone.", ErrorKind.Invalid);

    // keeps ids apart from other files of the system's time zone folder
    [GeneratedRegex(@"\A(?:UTC|[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z0-9_+\-]+){1,2})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();
}
