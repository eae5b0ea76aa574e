using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Messages;
using MediatR;

namespace Mainstreet.Api.Messages;

/// <summary>How busy the queues of messages are (INT-03), for operators.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/queues", List).WithTags("Operations").WithName("ListQueues").RequirePermission(Permissions.AdminOperations);

    private static async Task<OkAnswer<QueueListBody>> List(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new QueueListBody([.. (await mediator.Send(new ListQueues(), cancellationToken)).Select(QueueBody.Of)]));
}

internal sealed record QueueListBody(QueueBody[] Data);

/// <param name="Waiting">Messages that nobody runs, due or not, of all businesses.</param>
/// <param name="Due">Those of them that could run now.</param>
/// <param name="OldestAgeMs">How long the first of these has waited; 0 where none is due.</param>
/// <param name="Dead">Dead letters that nobody has dealt with.</param>
internal sealed record QueueBody(string Name, long Waiting, long Due, long Running, long OldestAgeMs, long Dead, QueueLimitsBody Limits)
{
    public static QueueBody Of(QueueState queue) => new(
        queue.Name, queue.Waiting, queue.Due, queue.Running, (long)queue.Oldest.TotalMilliseconds, queue.Dead, new(queue.Parallel, queue.PerTenant));
}

/// <param name="Parallel">Messages that one process runs at once.</param>
/// <param name="PerTenant">How many of them may be one business's.</param>
internal sealed record QueueLimitsBody(int Parallel, int PerTenant);
