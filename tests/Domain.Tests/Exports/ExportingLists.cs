using Mainstreet.Domain.Exports;

namespace Mainstreet.Domain.Tests.Exports;

public class ExportingLists
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ExportId Id = new(Uuid.Named("export"));
    private static readonly ExportedFile File = new(3, 420, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    private static readonly ExportRequested Requested = new(Id, "orders", ExportFormat.Csv, Personal: true, Now);
    private static readonly ExportCompleted Completed = new(Id, "orders", ExportFormat.Csv, File, Now.AddDays(7), Now);
    private static readonly ExportCanceled Canceled = new(Id, Now);
    private static readonly ExportExpired Expired = new(Id, Now);

    internal static ExportEvent[][] Streams => [[Requested, Completed, Expired], [Requested, Canceled]];

    [Fact]
    public void Begin_and_are_kept_for_a_week()
    {
        Export.Request(Id, "orders", ExportFormat.Csv, personal: true, Now).ShouldBe([Requested]);
        State(Requested).Complete(File, Now).ShouldBe([Completed]);
        State(Requested, Completed).Expire(Now).ShouldBe([Expired]);
    }

    [Fact]
    public void Are_not_completed_once_they_have_ended()
    {
        State(Requested, Completed).Complete(File, Now).ShouldBeEmpty();
        State(Requested, Canceled).Complete(File, Now).ShouldBeEmpty();
        State(Requested, Expired).Complete(File, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Are_canceled_while_they_run()
    {
        State(Requested).Cancel(Now).ShouldBe([Canceled]);
        State(Requested, Canceled).Cancel(Now).ShouldBeEmpty();
        Should.Throw<DomainException>(() => State(Requested, Completed).Cancel(Now)).Error.Code.ShouldBe("export_ended");
    }

    [Fact]
    public void Expire_once_and_while_they_run_too()
    {
        State(Requested).Expire(Now).ShouldBe([Expired]);
        State(Requested, Completed, Expired).Expire(Now).ShouldBeEmpty();
        State(Requested, Canceled).Expire(Now).ShouldBeEmpty();
    }

    private static Export State(params ExportEvent[] events) => events.Aggregate((Export?)null, Export.Evolve)!;
}
