using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.Hosting;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// One run at one endpoint. Subjects go side by side, the deliveries of one subject one after the other. Nothing is locked
/// while a receiver takes its time, and every attempt is recorded as soon as it has ended.
/// </summary>
internal sealed class DeliverWebhooksHandler(
    IAggregates aggregates, DeliveryRows rows, WebhookSender sender, ITenantScopes scopes, RequestContext context, TimeProvider clock, IHostApplicationLifetime host)
    : IRequestHandler<DeliverWebhooks, Committed>
{
    private const int MostPerRun = 100;
    private const int AtOnce = 8;
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(20);

    /// <summary>How old a message may be that is sent: who was erased before that is not in it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    public async Task<Committed> Handle(DeliverWebhooks command, CancellationToken cancellationToken)
    {
        var loaded = await aggregates.Find<WebhookEndpoint, WebhookEndpointEvent>(command.EndpointId.Value, cancellationToken);
        if (loaded is not { State: { Deleted: false } endpoint })
        {
            return new Committed(0);
        }

        var batch = await rows.Due(endpoint, MostPerRun, cancellationToken);
        var run = new Run(batch.Failures, clock, host.ApplicationStopping);
        await Parallel.ForEachAsync(
            batch.Deliveries.GroupBy(item => item.Delivery.OrderKey(endpoint.Settings.Ordering)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (inOrder, token) => await Deliver(endpoint, inOrder, run, token));

        if (run.Disable is { } reason)
        {
            await scopes.Send(context.Tenant, new DisableWebhookEndpoint(endpoint.Id, reason), CancellationToken.None);
        }
        else
        {
            if (run.IsWell is { } well && well == endpoint.Degraded)
            {
                await scopes.Send(context.Tenant, new ReportWebhookHealth(endpoint.Id, run.FailingSince), CancellationToken.None);
            }

            foreach (var replay in await rows.ScheduleNext(endpoint))
            {
                await scopes.Send(context.Tenant, new CompleteWebhookReplay(new(replay)), CancellationToken.None);
            }
        }

        return new Committed(0);
    }

    private async Task Deliver(
        WebhookEndpoint endpoint, IEnumerable<(DueDelivery Delivery, WebhookMessage Message)> inOrder, Run run, CancellationToken cancellationToken)
    {
        foreach (var (delivery, message) in inOrder)
        {
            if (!run.GoesOn || await Attempt(endpoint, delivery, message, run, cancellationToken) is WebhookDeliveryStatus.Pending)
            {
                return;
            }
        }
    }

    private async Task<WebhookDeliveryStatus> Attempt(
        WebhookEndpoint endpoint, DueDelivery delivery, WebhookMessage message, Run run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sent = await sender.Send(endpoint, run.Elapsed < Fresh ? message : await rows.Message(delivery, cancellationToken), now, cancellationToken);
        var response = sent.Response;
        var outcome = delivery.After(response, Random.Shared.NextDouble());
        var pause = run.Count(response);
        var (recorded, failingSince, forTooLong) = await rows.Record(endpoint, delivery, sent, outcome, pause);
        run.Note(response.Succeeded, failingSince);
        if (!recorded)
        {
            run.Stop();
        }
        else if (response.Status is DeliveryOutcome.Gone || forTooLong)
        {
            run.StopFor(response.Status is DeliveryOutcome.Gone ? DisableReason.Gone : DisableReason.Failing);
        }

        return outcome.Status;
    }

    /// <summary>What the deliveries of a run, side by side, know of each other.</summary>
    private sealed class Run(int failures, TimeProvider clock, CancellationToken stopping)
    {
        private readonly long started = clock.GetTimestamp();
        private int failures = failures;
        private volatile bool stopped;

        public TimeSpan Elapsed => clock.GetElapsedTime(started);

        public bool GoesOn => !stopped && !stopping.IsCancellationRequested && Elapsed < LongestRun;

        public DisableReason? Disable { get; private set; }

        /// <summary>Whether the last answer was a success, or a failure after long; null: neither.</summary>
        public bool? IsWell { get; private set; }

        public DateTimeOffset? FailingSince { get; private set; }

        public void Note(bool succeeded, DateTimeOffset? failingSince) => (IsWell, FailingSince) = succeeded ? (true, null) : failingSince is null ? (IsWell, FailingSince) : (false, failingSince);

        /// <summary>Answers how long to leave the endpoint alone after this answer.</summary>
        public TimeSpan Count(WebhookResponse response)
        {
            if (response.Succeeded)
            {
                Interlocked.Exchange(ref failures, 0);
                return TimeSpan.Zero;
            }

            var pause = WebhookRetries.Pause(Interlocked.Increment(ref failures), DeliveryOutcome.RetryAfter(response));
            stopped |= pause > TimeSpan.Zero;
            return pause;
        }

        public void Stop() => stopped = true;

        public void StopFor(DisableReason reason)
        {
            Disable = reason;
            stopped = true;
        }
    }
}
