using Mainstreet.Domain.Inbound;

namespace Mainstreet.Domain.Tests.Inbound;

public class ReceivingANotification
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ConnectionId Shop = new(Uuid.Named("connection"));
    private static readonly InboundMessageId Id = InboundMessage.IdOf(Shop, "evt_1");

    private static readonly InboundReceived Received = new(Id, Shop, "stripe", "charge.refunded", "evt_1", Now.AddSeconds(-2), Now);
    private static readonly InboundDeadLettered Dead = new(Id, Shop, "stripe", "charge.refunded", 5, "e", Now);
    private static readonly InboundRedriven Redriven = new(Id, "stripe", Now);
    private static readonly InboundDiscarded Discarded = new(Id, Now);
    private static readonly InboundProcessed Processed = new(Id, Now);
    private static readonly InboundIgnored Ignored = new(Id, Now);

    internal static InboundEvent[][] Streams => [[Received, Failed(1, 1), Dead, Redriven, Processed], [Received, Ignored], [Received, Dead, Discarded]];

    [Fact]
    public void It_is_the_same_one_when_it_is_told_again()
    {
        InboundMessage.IdOf(Shop, "evt_1").ShouldBe(Id);
        InboundMessage.IdOf(Shop, "evt_2").ShouldNotBe(Id);
        InboundMessage.IdOf(new(Uuid.Named("another")), "evt_1").ShouldNotBe(Id);
    }

    [Fact]
    public void It_is_tried_five_times_1_2_4_and_8_seconds_apart()
    {
        InboundEvent[] past = [Received];
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var failed = Failed(attempt, 1 << (attempt - 1));
            When(past, m => m.Fail("e", Now)).Then(failed).Waits.ShouldBeTrue();
            past = [.. past, failed];
        }

        When(past, m => m.Fail("e", Now)).Then(Dead).Waits.ShouldBeFalse();
        When([.. past, Dead], m => m.Redrive(Now)).Then(Redriven).Waits.ShouldBeTrue();
        When([.. past, Dead, Redriven], m => m.Fail("e", Now)).Then(Failed(1, 1));
    }

    [Fact]
    public void It_is_settled_once()
    {
        When([Received], m => m.Finish(hasEffect: true, Now)).Then(Processed);
        When([Received], m => m.Finish(hasEffect: false, Now)).Then(Ignored);
        When([Received, Processed], m => m.Finish(hasEffect: true, Now)).ThenNothing();
        When([Received, Processed], m => m.Fail("e", Now)).ThenNothing();
        When([Received, Dead, Discarded], m => m.Fail("e", Now)).ThenNothing();
        When([Received], m => m.Redrive(Now)).ThenRejected("illegal_transition");
        When([Received], m => m.Discard(Now)).ThenRejected("illegal_transition");
        When([Received, Dead], m => m.Discard(Now)).Then(Discarded);
        When([Received, Dead, Discarded], m => m.Redrive(Now)).ThenRejected("illegal_transition");
    }

    private static InboundFailed Failed(int attempt, int seconds) => new(Id, "stripe", attempt, "e", Now.AddSeconds(seconds), Now);

    private static Spec<InboundMessage, InboundEvent> When(InboundEvent[] given, Func<InboundMessage, InboundEvent[]> decide) =>
        new Spec<InboundMessage, InboundEvent>().Given(given).When(decide);
}
