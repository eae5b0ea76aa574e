using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>What was not sent yet is not sent. Errors: not_found (404), illegal_transition (409) for one that is completed.</summary>
public sealed record CancelWebhookReplay(WebhookEndpointId EndpointId, WebhookReplayId ReplayId) : IRequest<Committed>;

/// <summary>When nothing of it waits any more.</summary>
public sealed record CompleteWebhookReplay(WebhookReplayId ReplayId) : IRequest<Committed>;

internal sealed class EndWebhookReplayHandler(IAggregates aggregates, IReadStore reads, IMediator mediator, TimeProvider clock) :
    IRequestHandler<CancelWebhookReplay, Committed>, IRequestHandler<CompleteWebhookReplay, Committed>
{
    public async Task<Committed> Handle(CancelWebhookReplay command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetWebhookReplay(command.EndpointId, command.ReplayId), cancellationToken);
        return await Step(command.ReplayId, replay => replay.Cancel(clock.GetUtcNow()), cancellationToken);
    }

    public async Task<Committed> Handle(CompleteWebhookReplay command, CancellationToken cancellationToken)
    {
        var done = (await reads.Find<WebhookReplayProgress>($"{WebhookReplayProgress.Select} where v.id = @replay_id", new { command.ReplayId }, cancellationToken))!;
        return await Step(command.ReplayId, replay => replay.Complete(done.Filed, done.Delivered, done.Failed, clock.GetUtcNow()), cancellationToken);
    }

    private Task<Committed> Step(WebhookReplayId id, Func<WebhookReplay, WebhookReplayEvent[]> decide, CancellationToken cancellationToken) =>
        aggregates.Update<WebhookReplay, WebhookReplayEvent>(id.Value, expectedVersion: null, decide, cancellationToken);
}
