using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Application.Projections;

public static class ProjectionErrors
{
    public static DomainError Running(string projection) => new("rebuild_running", $"A rebuild of {projection} runs already.", ErrorKind.Conflict);

    public static DomainError NothingCompared(RebuildStatus status) =>
        new("rebuild_not_ready", $"The rebuild is {Name(status)}: there is no comparison of both sides.", ErrorKind.Conflict);

    public static readonly DomainError NotParked = new("event_not_parked", "The event was retried or skipped meanwhile; nothing stands before it.", ErrorKind.Conflict);

    public static DomainError NotPossible(RebuildStatus status, RebuildRequest request) =>
        DomainError.IllegalTransition("The rebuild", Name(status), Name(request), [.. Allowed(status).Select(Name)]);

    private static RebuildRequest[] Allowed(RebuildStatus status) => status switch
    {
        RebuildStatus.Ready => [RebuildRequest.Promote, RebuildRequest.Cancel],
        RebuildStatus.Switched => [RebuildRequest.RollBack],
        < RebuildStatus.Ready => [RebuildRequest.Cancel],
        _ => [],
    };

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
