using Mainstreet.Domain.Drivers;
using static Mainstreet.Domain.Tests.Drivers.DriverSamples;

namespace Mainstreet.Domain.Tests.Drivers;

public class Applicants
{
    private static readonly ApplicantId Emil = new(Uuid.Named("emil"));
    private static readonly DocumentId Card = new(Uuid.Named("card"));
    private static readonly DocumentId NewCard = new(Uuid.Named("new card"));
    private static readonly DateOnly Until = new(2026, 6, 1);

    private static readonly ApplicantApplied Applied = new(Emil, "Emil Ek", "emil@example.com", "+49 151 1", VehicleType.Bicycle, "HH-EE 1", Now);
    private static readonly DocumentSubmitted Submitted = new(Emil, Card, DocumentKind.Identity, "L01X00T47", Until, "application/pdf", 1200, Now);
    private static readonly DocumentSubmitted Renewal = Submitted with { DocumentId = NewCard, ExpiresOn = new(2036, 6, 1) };
    private static readonly DocumentApproved Checked = new(Emil, Card, Now);
    private static readonly DocumentRejected Blurred = new(Emil, Card, "blurred", Now);
    private static readonly DocumentReminded Reminded = new(Emil, Card, Now);
    private static readonly ApplicantApproved Approved = new(Emil, Now);
    private static readonly ApplicantRejected Rejected = new(Emil, "no bicycle", Now);
    private static readonly ApplicantSuspended Suspended = new(Emil, [DocumentKind.Identity], Now);
    private static readonly ApplicantReleased Released = new(Emil, Now);
    private static readonly ApplicantClosed Closed = new(Emil, Now);

    private static readonly (ApplicantStatus Status, ApplicantEvent[] Events)[] ways =
    [
        (ApplicantStatus.Applied, []),
        (ApplicantStatus.DocumentsPending, [Submitted, Blurred]),
        (ApplicantStatus.UnderReview, [Submitted]),
        (ApplicantStatus.UnderReview, [Submitted, Checked]),
        (ApplicantStatus.Approved, [Submitted, Checked, Approved]),
        (ApplicantStatus.Rejected, [Submitted, Rejected]),
        (ApplicantStatus.Suspended, [Submitted, Checked, Approved, Suspended, Renewal]),
        (ApplicantStatus.Closed, [Submitted, Closed]),
        (ApplicantStatus.Released, [Submitted, Checked, Approved, Released]),
    ];

    internal static ApplicantEvent[][] Streams =>
    [
        [Applied, Submitted, Blurred, Submitted, Checked, Approved, new ApplicantEnrolled(Emil, Dana, Now), Reminded, Suspended, Renewal, new DocumentApproved(Emil, NewCard, Now), new ApplicantReinstated(Emil, Now), Closed],
        [Applied, Submitted, Checked, Approved, Released],
        [Applied, Rejected],
    ];

    [Fact]
    public void Are_where_their_papers_and_the_business_s_decisions_have_brought_them()
    {
        foreach (var (status, events) in ways)
        {
            State(events).Status.ShouldBe(status);
        }
    }

    /// <summary>x: the step is taken; -: it has its effect already; else the code of the refusal.</summary>
    [Theory]
    [InlineData("submit", "x x x x x illegal_transition x illegal_transition illegal_transition")]
    [InlineData("approve document", "not_found illegal_transition x - - illegal_transition not_found illegal_transition illegal_transition")]
    [InlineData("reject document", "not_found - x illegal_transition illegal_transition illegal_transition not_found illegal_transition illegal_transition")]
    [InlineData("approve", "documents_missing documents_missing documents_missing x - illegal_transition illegal_transition illegal_transition illegal_transition")]
    [InlineData("reject", "x x x x illegal_transition - illegal_transition illegal_transition illegal_transition")]
    [InlineData("release", "- - - - x - x - -")]
    [InlineData("close", "x x x x x x x - x")]
    public void Take_the_steps_that_their_status_allows(string step, string outcomes) =>
        string.Join(' ', ways.Select(way => Outcome(step, way.Status is ApplicantStatus.Suspended && step.EndsWith("document", StringComparison.Ordinal)
            ? State(Submitted, Checked, Approved, Suspended, Submitted with { DocumentId = NewCard }, new DocumentApproved(Emil, NewCard, Now)) // the first is not there any more
            : State(way.Events)))).ShouldBe(outcomes);

    [Fact]
    public void Need_more_papers_with_a_motor()
    {
        ApplicantDocuments.NeededFor(VehicleType.CargoBike).ShouldBe([DocumentKind.Identity]);
        ApplicantDocuments.NeededFor(VehicleType.Scooter).Length.ShouldBe(4);
        var emil = Applicant.Evolve(null, Applied with { Vehicle = VehicleType.Van });
        emil = Applicant.Evolve(Applicant.Evolve(emil, Submitted), Checked);
        (emil.Status, emil.Missing(Now)).ShouldSatisfyAllConditions(
            it => it.Status.ShouldBe(ApplicantStatus.DocumentsPending),
            it => it.Item2.ShouldBe([DocumentKind.DrivingLicence, DocumentKind.Insurance, DocumentKind.VehicleRegistration]));
    }

    [Fact]
    public void Hand_in_what_is_good_today()
    {
        Submit(expiresOn: new(2026, 3, 2)).ShouldHaveSingleItem();
        Refusal(() => Submit(expiresOn: new(2026, 3, 1))).ShouldBe("document_expired");
        Refusal(() => Submit(expiresOn: null)).ShouldBe("document_expired");
        Submit(DocumentKind.VehicleRegistration, expiresOn: null).ShouldHaveSingleItem();
        Refusal(() => Submit(number: " ")).ShouldBe("document_invalid");
        Refusal(() => State([.. Enumerable.Repeat<ApplicantEvent>(Submitted, Applicant.MaxSubmissions)]).Submit(NewCard, DocumentKind.Identity, "1", Until, "image/png", 1, Now))
            .ShouldBe("too_many_documents");
    }

    [Fact]
    public void Are_reminded_once_and_suspended_when_a_paper_ends()
    {
        var driving = State(Submitted, Checked, Approved);
        driving.LookAtDocuments(Day(2026, 5, 1)).ShouldBeEmpty();
        driving.NextLook(Now).ShouldBe(Day(2026, 5, 2));
        driving.LookAtDocuments(Day(2026, 5, 2)).ShouldBe([Reminded with { At = Day(2026, 5, 2) }]);
        driving.NextLook(Day(2026, 5, 2)).ShouldBe(Day(2026, 6, 2));
        State(Submitted, Checked, Approved, Reminded).LookAtDocuments(Day(2026, 6, 1)).ShouldBeEmpty();
        State(Submitted, Checked, Approved, Renewal).LookAtDocuments(Day(2026, 5, 2)).ShouldBeEmpty("another one is being checked");
        var suspended = driving.LookAtDocuments(Day(2026, 6, 2)).ShouldHaveSingleItem().ShouldBeOfType<ApplicantSuspended>();
        suspended.Expired.ShouldBe([DocumentKind.Identity]);
        State(Submitted, Checked, Approved, Suspended).LookAtDocuments(Day(2026, 6, 2)).ShouldBeEmpty();
        State(Submitted, Checked, Approved, Suspended).NextLook(Day(2026, 6, 2)).ShouldBeNull();
    }

    [Fact]
    public void Are_reinstated_with_the_last_paper_that_was_missing()
    {
        var june = Day(2026, 6, 2);
        State(Submitted, Checked, Approved, Suspended, Renewal).ApproveDocument(NewCard, june)
            .ShouldBe([new DocumentApproved(Emil, NewCard, june), new ApplicantReinstated(Emil, june)]);
        State(Submitted, Checked, Approved, Renewal, new DocumentApproved(Emil, NewCard, june)).Documents.ShouldHaveSingleItem().Id.ShouldBe(NewCard);
        Refusal(() => State(Submitted).ApproveDocument(Card, june)).ShouldBe("document_expired");
        Refusal(() => State(Submitted, Checked).Approve(june)).ShouldBe("documents_missing");
    }

    [Fact]
    public void Hand_in_files_that_are_what_they_begin_like()
    {
        DocumentFile.TypeOf("%PDF-1.7"u8).ShouldBe("application/pdf");
        DocumentFile.TypeOf([0xFF, 0xD8, 0xFF, 0xE0]).ShouldBe("image/jpeg");
        DocumentFile.TypeOf([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).ShouldBe("image/png");
        Refusal(() => DocumentFile.TypeOf("<html>"u8)).ShouldBe("file_type_unknown");
        Refusal(() => DocumentFile.TypeOf([])).ShouldBe("file_type_unknown");
    }

    private static string Outcome(string step, Applicant applicant)
    {
        try
        {
            return Take(step, applicant) is [] ? "-" : "x";
        }
        catch (DomainException e)
        {
            return e.Error.Code;
        }
    }

    private static ApplicantEvent[] Take(string step, Applicant applicant) => step switch
    {
        "submit" => applicant.Submit(NewCard, DocumentKind.Identity, "L01X00T47", Until, "image/png", 1, Now),
        "approve document" => applicant.ApproveDocument(Card, Now),
        "reject document" => applicant.RejectDocument(Card, "blurred", Now),
        "approve" => applicant.Approve(Now),
        "reject" => applicant.Reject("no bicycle", Now),
        "release" => applicant.Release(Now),
        "close" => applicant.Close(Now),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static string Refusal<T>(Func<T> step) => Should.Throw<DomainException>(() => { step(); }).Error.Code;

    private static ApplicantEvent[] Submit(DocumentKind kind = DocumentKind.Identity, string number = "L01X00T47", DateOnly? expiresOn = null) =>
        State().Submit(Card, kind, number, expiresOn, "image/png", 1, Now);

    private static Applicant State(params ApplicantEvent[] events) => events.Aggregate(Applicant.Evolve(null, Applied), Applicant.Evolve);

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
