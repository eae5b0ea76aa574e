using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Domain.Tests.Webhooks;

public class WebhookReplays
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly WebhookEndpointId Hook = new(Uuid.Named("hook"));
    private static readonly WebhookReplayId Replay = new(Uuid.Named("replay"));
    private static readonly WebhookReplayRequested Requested = new(Replay, Hook, 3, 9, ["order.*"], Now);
    private static readonly WebhookReplayCompleted Completed = new(Replay, Hook, 5, 4, 1, Now);
    private static readonly WebhookReplayCanceled Canceled = new(Replay, Hook, Now);

    private static readonly WebhookEndpoint Endpoint = WebhookEndpoint.Evolve(null, new WebhookEndpointCreated(Hook, new("https://hooks.example/", ["*"]), "secret", null, Now));

    internal static WebhookReplayEvent[][] Streams => [[Requested, Completed], [Requested with { Types = null }, Canceled]];

    [Fact]
    public void Are_of_a_stretch_of_the_log() => New(Endpoint, 3, 9).Then(Requested).Status.ShouldBe(WebhookReplayStatus.Running);

    [Theory]
    [InlineData(0, 9)]
    [InlineData(8, 7)]
    [InlineData(5, 10)]
    public void Are_of_something_that_happened(long from, long to) => New(Endpoint, from, to).ThenRejected("replay_empty");

    [Fact]
    public void Go_to_an_enabled_endpoint_one_at_a_time()
    {
        New(Endpoint with { Enabled = false }, 3, 9).ThenRejected("webhook_endpoint_disabled");
        New(Endpoint with { Deleted = true }, 3, 9).ThenRejected("not_found");
        New(Endpoint, 3, 9, others: true).ThenRejected("replay_running");
    }

    [Fact]
    public void End_once()
    {
        When(r => r.Complete(5, 4, 1, Now), Requested).Then(Completed);
        When(r => r.Complete(5, 4, 1, Now), Requested, Canceled).ThenNothing();
        When(r => r.Cancel(Now), Requested).Then(Canceled);
        When(r => r.Cancel(Now), Requested, Canceled).ThenNothing();
        When(r => r.Cancel(Now), Requested, Completed).ThenRejected("illegal_transition");
    }

    private static Spec<WebhookReplay, WebhookReplayEvent> New(WebhookEndpoint endpoint, long from, long to, bool others = false) =>
        new Spec<WebhookReplay, WebhookReplayEvent>().WhenNew(() => WebhookReplay.Request(Replay, endpoint, from, to, head: 9, ["order.*"], others, Now));

    private static Spec<WebhookReplay, WebhookReplayEvent> When(Func<WebhookReplay, WebhookReplayEvent[]> decide, params WebhookReplayEvent[] given) =>
        new Spec<WebhookReplay, WebhookReplayEvent>().Given(given).When(decide);
}
