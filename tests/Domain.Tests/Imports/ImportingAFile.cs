using Mainstreet.Domain.Imports;

namespace Mainstreet.Domain.Tests.Imports;

public class ImportingAFile
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ImportId Id = new(Uuid.Named("import"));
    private static readonly ImportedFile File = new(Uuid.Named("upload"), 250, 2, 4_200, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    private static readonly ImportCounts First = new(200, 190, 5, 3, 2);
    private static readonly ImportCounts Rest = new(50, 0, 0, 50, 0);
    private static readonly ImportCounts All = new(250, 190, 5, 53, 2);

    private static readonly ImportRequested Requested = new(Id, "products", ImportFormat.Csv, DryRun: false, Now.AddDays(7), Now);
    private static readonly ImportStarted Started = new(Id, File, Now);
    private static readonly ImportAdvanced Advanced = new(Id, 1, First, Now);
    private static readonly ImportAdvanced Last = new(Id, 2, All, Now);
    private static readonly ImportCompleted Completed = new(Id, "products", ImportFormat.Csv, DryRun: false, File.Sha256, All, Now);
    private static readonly ImportCanceled Canceled = new(Id, Now);
    private static readonly ImportExpired Expired = new(Id, Now);

    internal static ImportEvent[][] Streams => [[Requested, Started, Advanced, Last, Completed, Expired], [Requested, Canceled]];

    [Fact]
    public void Goes_part_by_part_to_its_end()
    {
        Import.Request(Id, "products", ImportFormat.Csv, dryRun: false, Now).ShouldBe([Requested]);
        State(Requested).Start(File, Now).ShouldBe([Started]);
        State(Requested, Started).Advance(0, First, Now).ShouldBe([Advanced]);
        State(Requested, Started, Advanced).Advance(1, Rest, Now).ShouldBe([Last, Completed]);
        State(Requested, Started, Advanced, Last, Completed).Expire(Now).ShouldBe([Expired]);
    }

    [Fact]
    public void Counts_no_part_twice()
    {
        State(Requested, Started, Advanced).Advance(0, First, Now).ShouldBeEmpty();
        State(Requested, Started, Advanced, Last, Completed).Advance(1, Rest, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_one_file_however_often_it_comes()
    {
        State(Requested, Started).Start(File with { Upload = Uuid.Named("again") }, Now).ShouldBeEmpty();
        Refusal(() => State(Requested, Started).Start(File with { Sha256 = "other" }, Now)).ShouldBe("import_has_file");
        Refusal(() => State(Requested, Canceled).Start(File, Now)).ShouldBe("import_ended");
    }

    [Fact]
    public void Is_canceled_until_it_is_completed()
    {
        State(Requested).Cancel(Now).ShouldBe([Canceled]);
        State(Requested, Canceled).Cancel(Now).ShouldBeEmpty();
        State(Requested, Started, Canceled).Advance(0, First, Now).ShouldBeEmpty();
        Refusal(() => State(Requested, Started, Advanced, Last, Completed).Cancel(Now)).ShouldBe("import_ended");
    }

    [Fact]
    public void Expires_once_and_without_its_file_too()
    {
        State(Requested).Expire(Now).ShouldBe([Expired]);
        State(Requested, Expired).Expire(Now).ShouldBeEmpty();
    }

    private static Import State(params ImportEvent[] events) => events.Aggregate((Import?)null, Import.Evolve)!;

    private static string Refusal(Func<ImportEvent[]> decide) => Should.Throw<DomainException>(() => decide()).Error.Code;
}
