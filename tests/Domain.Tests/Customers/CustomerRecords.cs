using Mainstreet.Domain.Customers;

namespace Mainstreet.Domain.Tests.Customers;

public class CustomerRecords
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Carla = new(Uuid.Named("carla"));
    private static readonly Guid Note = Uuid.Named("note");
    private static readonly CustomerTagged Tagged = new(Carla, [new("VIP"), new("nuts")], Now);
    private static readonly CustomerNoteAdded Noted = new(Carla, Note, "Rings twice.", Now);
    private static readonly CustomerRecordCleared Cleared = new(Carla, Now);

    internal static CustomerRecordEvent[][] Streams => [[Tagged, Noted, Cleared]];

    [Fact]
    public void Tags_are_set_as_a_whole_and_each_once()
    {
        CustomerRecord.SetTags(null, Carla, [], Now).ShouldBeEmpty();
        CustomerRecord.SetTags(null, Carla, ["VIP", " VIP ", "nuts"], Now).ShouldHaveSingleItem().ShouldBeOfType<CustomerTagged>().Tags.ShouldBe(Tagged.Tags);
        CustomerRecord.SetTags(After(Tagged), Carla, ["VIP", "nuts"], Now).ShouldBeEmpty();
        CustomerRecord.SetTags(After(Tagged), Carla, [], Now).ShouldHaveSingleItem();
        Code(() => CustomerRecord.SetTags(null, Carla, [" "], Now)).ShouldBe("tags_invalid");
        Code(() => CustomerRecord.SetTags(null, Carla, [.. Enumerable.Range(0, 21).Select(i => $"{i}")], Now)).ShouldBe("tags_invalid");
    }

    [Fact]
    public void Notes_have_a_text_and_an_end()
    {
        CustomerRecord.AddNote(null, Carla, Note, "Rings twice.", Now).ShouldBe([Noted]);
        Code(() => CustomerRecord.AddNote(null, Carla, Note, "", Now)).ShouldBe("note_invalid");
        Code(() => CustomerRecord.AddNote(After(Tagged) with { Notes = CustomerRecord.MaxNotes }, Carla, Note, "One more", Now)).ShouldBe("too_many_notes");
    }

    [Fact]
    public void What_is_cleared_is_empty_and_can_be_kept_again()
    {
        After(Tagged, Noted).Clear(Now).ShouldBe([Cleared]);
        After(Tagged, Noted, Cleared).Clear(Now).ShouldBeEmpty();
        CustomerRecord.SetTags(After(Tagged, Noted, Cleared), Carla, ["VIP"], Now).ShouldHaveSingleItem();
    }

    private static CustomerRecord After(params CustomerRecordEvent[] events) => events.Aggregate((CustomerRecord?)null, CustomerRecord.Evolve)!;

    private static string Code(Action decide) => Should.Throw<DomainException>(decide).Error.Code;
}
