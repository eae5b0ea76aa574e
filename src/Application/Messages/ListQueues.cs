using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Every queue with what is in it, over all tenants.</summary>
public sealed record ListQueues : IRequest<IReadOnlyList<QueueState>>;

/// <param name="Waiting">Messages that nobody runs, due or not.</param>
/// <param name="Due">Those of them that could run now.</param>
/// <param name="Oldest">How long the first of these has waited.</param>
/// <param name="Dead">Dead letters that nobody has dealt with.</param>
/// <param name="Parallel">How many a process runs at once.</param>
/// <param name="PerTenant">How many of them may be one tenant's.</param>
public sealed record QueueState(string Name, long Waiting, long Due, long Running, TimeSpan Oldest, long Dead, int Parallel, int PerTenant);

/// <summary>The queues of messages, for operators.</summary>
public interface IQueues
{
    Task<IReadOnlyList<QueueState>> List(CancellationToken cancellationToken);
}

internal sealed class ListQueuesHandler(IQueues queues) : IRequestHandler<ListQueues, IReadOnlyList<QueueState>>
{
    public Task<IReadOnlyList<QueueState>> Handle(ListQueues query, CancellationToken cancellationToken) => queues.List(cancellationToken);
}
