using System.Text.RegularExpressions;
using System.Xml;

namespace Mainstreet.Api.Http;

internal static partial class Durations
{
    /// <summary>An ISO 8601 duration of a body. Errors: invalid_duration (400), at <paramref name="pointer"/>.</summary>
    public static TimeSpan? Read(string? duration, string pointer)
    {
        if (duration is null)
        {
            return null;
        }

        try
        {
            return Format().IsMatch(duration) ? XmlConvert.ToTimeSpan(duration) : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw ProblemException.Body(pointer, "A span is an ISO 8601 duration of days, hours, minutes and seconds, such as P1DT12H or PT15M.", "invalid_duration");
        }
    }

    // years and months have no fixed length
    [GeneratedRegex(@"\AP(?=\d|T\d)(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Format();
}
