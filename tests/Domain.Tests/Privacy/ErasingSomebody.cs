using Mainstreet.Domain.Privacy;

namespace Mainstreet.Domain.Tests.Privacy;

public class ErasingSomebody
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Carla = Uuid.Named("carla");
    private static readonly UserId Owner = new(Uuid.Named("owner"));

    private static DataSubjectErased Erased => new(Carla, ErasureReason.Requested, Owner, 3, Now);

    internal static DataSubjectEvent[][] Streams => [[Erased]];

    [Fact]
    public void Somebody_is_erased_by_somebody_for_a_reason() =>
        new Spec<DataSubject, DataSubjectEvent>().WhenNew(() => Erase(null, 3)).Then(Erased).Last.ShouldBe(Erased);

    [Fact]
    public void Where_nothing_is_left_to_read_nothing_happens() => When(subject => Erase(subject, 0, "1-1")).ThenNothing();

    [Fact]
    public void Who_came_back_is_erased_again() =>
        When(subject => Erase(subject, 1)).Then(new DataSubjectErased(Carla, ErasureReason.Requested, Owner, 1, Now));

    [Fact]
    public void An_open_order_needs_its_customer() =>
        When(subject => Erase(subject, 1, "1-1", "1-2")).ThenRejected("customer_has_open_orders").Details!["orders"].ShouldBe(new[] { "1-1", "1-2" });

    [Fact]
    public void What_began_before_the_erasure_is_nobody_s_and_what_began_afterwards_is_of_who_came_back()
    {
        var subject = DataSubject.Evolve(null, Erased);
        subject.IsErasedSince(Now.AddDays(-1)).ShouldBeTrue();
        subject.IsErasedSince(Now).ShouldBeTrue();
        subject.IsErasedSince(Now.AddTicks(1)).ShouldBeFalse();
    }

    private static DataSubjectEvent[] Erase(DataSubject? present, long events, params string[] needed) =>
        DataSubject.Erase(present, Carla, ErasureReason.Requested, Owner, needed, events, Now);

    private static Spec<DataSubject, DataSubjectEvent> When(Func<DataSubject, DataSubjectEvent[]> decide) =>
        new Spec<DataSubject, DataSubjectEvent>().Given(Erased).When(decide);
}
