using Mainstreet.Domain.OrderMessages;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.OrderMessages;

public class TalkingAboutAnOrder
{
    private static readonly AccountId Account = new(Uuid.Named("account"));
    private static readonly DriverId Eve = new(Uuid.Named("eve"));
    private static readonly MessageParty Own = MessageParty.Customer(Account);
    private static readonly MessageParty DanDrives = MessageParty.Driver(Dan);
    private static readonly OrderTalkedOf OnItsWay = new(Id, Anna, ClosedAt: null, Dan);
    private static readonly OrderTalkedOf Collected = OnItsWay with { DriverId = null };

    private static readonly OrderMessageSent Asked = Sent(1, MessageSide.Customer, MessageSide.Business);
    private static readonly OrderMessageSent Answered = Sent(2, MessageSide.Business, MessageSide.Customer) with { Announced = true };
    private static readonly OrderMessageSent ToDan = Sent(3, MessageSide.Customer, MessageSide.Driver) with { DriverId = Dan };
    private static readonly OrderNoteAdded Noted = new(Id, Uuid.Named("note"), Anna, "Rang twice.", Noon);

    internal static OrderConversationEvent[][] Streams =>
    [
        [Asked, Answered, ToDan, new OrderMessagesRead(Id, MessageSide.Customer, [Answered.MessageId], Noon), Asked with { MessageId = Message(4), AccountId = Account }],
        [Noted],
    ];

    /// <summary>Every message that there can be, and who sees it.</summary>
    public static TheoryData<MessageSide, MessageSide, MessageSide[]> Table => new()
    {
        { MessageSide.Customer, MessageSide.Business, [MessageSide.Customer, MessageSide.Business] },
        { MessageSide.Customer, MessageSide.Driver, [MessageSide.Customer, MessageSide.Business, MessageSide.Driver] },
        { MessageSide.Business, MessageSide.Customer, [MessageSide.Customer, MessageSide.Business] },
        { MessageSide.Business, MessageSide.Driver, [MessageSide.Business, MessageSide.Driver] },
        { MessageSide.Driver, MessageSide.Customer, [MessageSide.Customer, MessageSide.Business, MessageSide.Driver] },
        { MessageSide.Driver, MessageSide.Business, [MessageSide.Business, MessageSide.Driver] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Who_sees_what(MessageSide from, MessageSide to, MessageSide[] readers) =>
        Enum.GetValues<MessageSide>().Where(side => side.Sees(from, to)).ShouldBe(readers);

    [Fact]
    public void The_table_has_every_message_that_there_can_be() => Table.Count.ShouldBe(Enum.GetValues<MessageSide>().Length * (Enum.GetValues<MessageSide>().Length - 1));

    [Fact]
    public void A_driver_sees_what_was_said_to_or_by_this_one_alone()
    {
        DanDrives.Sees(MessageSide.Customer, MessageSide.Driver, Dan).ShouldBeTrue();
        DanDrives.Sees(MessageSide.Driver, MessageSide.Business, Dan).ShouldBeTrue();
        MessageParty.Driver(Eve).Sees(MessageSide.Customer, MessageSide.Driver, Dan).ShouldBeFalse();
        MessageParty.Driver(Eve).Sees(MessageSide.Driver, MessageSide.Business, Dan).ShouldBeFalse();
    }

    [Fact]
    public void A_conversation_begins_with_its_first_message()
    {
        Spec().WhenNew(() => Send(null, MessageParty.Link, MessageSide.Business)).Then(Asked);
        Spec().WhenNew(() => Send(null, Own, MessageSide.Business)).Then(Asked with { AccountId = Account });
        Spec().WhenNew(() => Send(null, MessageParty.Business, MessageSide.Customer)).Then(Answered with { MessageId = Message(1) });
        Spec().WhenNew(() => Send(null, MessageParty.Link, MessageSide.Driver)).Then(ToDan with { MessageId = Message(1) });
        Spec().WhenNew(() => Send(null, DanDrives, MessageSide.Business)).Then(Sent(1, MessageSide.Driver, MessageSide.Business) with { DriverId = Dan });
        Spec().WhenNew(() => Send(null, DanDrives, MessageSide.Customer)).Then(Sent(1, MessageSide.Driver, MessageSide.Customer) with { DriverId = Dan, Announced = true });
    }

    [Fact]
    public void A_message_has_words_and_goes_to_another_one()
    {
        Spec().WhenNew(() => Send(null, Own, MessageSide.Business, text: " ")).ThenRejected("message_invalid").Place.ShouldBe("/text");
        Spec().WhenNew(() => Send(null, Own, MessageSide.Business, text: new('x', 2_001))).ThenRejected("message_invalid");
        Spec().WhenNew(() => Send(null, Own, MessageSide.Customer)).ThenRejected("message_to_self").Place.ShouldBe("/to");
        Spec().WhenNew(() => Send(null, MessageParty.Business, MessageSide.Business)).ThenRejected("message_to_self");
    }

    [Fact]
    public void Only_who_brings_the_order_now_is_written_to_and_writes()
    {
        Spec().WhenNew(() => Send(null, Own, MessageSide.Driver, Collected)).ThenRejected("no_driver").Place.ShouldBe("/to");
        Spec().WhenNew(() => Send(null, DanDrives, MessageSide.Customer, Collected)).ThenRejected("not_found");
        Spec().WhenNew(() => Send(null, MessageParty.Driver(Eve), MessageSide.Customer)).ThenRejected("not_found");
    }

    [Fact]
    public void Customers_write_for_a_week_after_the_order_is_over_and_the_business_at_any_time()
    {
        var over = Collected with { ClosedAt = Noon.AddDays(-7) };
        Spec().WhenNew(() => Send(null, Own, MessageSide.Business, over)).Then(Asked with { AccountId = Account });
        over = over with { ClosedAt = Noon.AddDays(-7).AddTicks(-1) };
        Spec().WhenNew(() => Send(null, Own, MessageSide.Business, over)).ThenRejected("conversation_closed");
        Spec().WhenNew(() => Send(null, MessageParty.Link, MessageSide.Business, over)).ThenRejected("conversation_closed");
        Spec().WhenNew(() => Send(null, MessageParty.Business, MessageSide.Customer, over)).Then(Answered with { MessageId = Message(1) });
    }

    [Fact]
    public void What_goes_on_in_an_account_is_closed_to_the_link()
    {
        Spec().Given(Asked, Asked with { MessageId = Message(2), AccountId = Account }).When(talk => Send(talk, MessageParty.Link, MessageSide.Business)).ThenRejected("conversation_in_account");
        Spec().Given(Asked, Asked with { MessageId = Message(2), AccountId = Account }, Answered).When(talk => talk.Read(MessageParty.Link, null, Noon)).ThenRejected("conversation_in_account");
        Spec().Given(Asked, Answered).When(talk => Send(talk, MessageParty.Link, MessageSide.Business)).Then(Asked);
    }

    [Fact]
    public void A_customer_is_told_once_of_what_comes_line_by_line()
    {
        var next = Answered with { MessageId = Message(1), Announced = false };
        Spec().Given(Answered).When(talk => Send(talk, MessageParty.Business, MessageSide.Customer)).Then(next);
        Spec().Given(Answered with { At = Noon.AddMinutes(-15) }).When(talk => Send(talk, MessageParty.Business, MessageSide.Customer)).Then(next with { Announced = true });
        Spec().Given(Answered, Read(MessageSide.Customer, 2)).When(talk => Send(talk, MessageParty.Business, MessageSide.Customer)).Then(next with { Announced = true });
        Spec().Given(Answered).When(talk => Send(talk, MessageParty.Business, MessageSide.Driver)).Then(Sent(1, MessageSide.Business, MessageSide.Driver) with { DriverId = Dan });
    }

    [Fact]
    public void Each_reads_what_was_written_to_them_once()
    {
        Spec().Given(Asked, Answered, ToDan).When(talk => talk.Read(MessageParty.Business, null, Noon)).Then(Read(MessageSide.Business, 1));
        Spec().Given(Asked, Answered, ToDan).When(talk => talk.Read(Own, null, Noon)).Then(Read(MessageSide.Customer, 2));
        Spec().Given(Asked, Answered, ToDan).When(talk => talk.Read(DanDrives, null, Noon)).Then(Read(MessageSide.Driver, 3));
        Spec().Given(Asked, Answered, ToDan).When(talk => talk.Read(MessageParty.Driver(Eve), null, Noon)).ThenNothing();
        Spec().Given(Asked, Read(MessageSide.Business, 1)).When(talk => talk.Read(MessageParty.Business, null, Noon)).ThenNothing();
        Spec().Given(Noted).When(talk => talk.Read(MessageParty.Business, null, Noon)).ThenNothing();
    }

    [Fact]
    public void Reading_goes_up_to_a_message_that_one_sees()
    {
        var later = Answered with { MessageId = Message(5) };
        Spec().Given(Answered, ToDan, later).When(talk => talk.Read(Own, Message(3), Noon)).Then(Read(MessageSide.Customer, 2));
        Spec().Given(Answered, ToDan, later).When(talk => talk.Read(Own, Message(5), Noon)).Then(Read(MessageSide.Customer, 2, 5));
        Spec().Given(Answered, ToDan, later).When(talk => talk.Read(Own, Message(9), Noon)).ThenRejected("not_found");
        Spec().Given(Answered, ToDan, later).When(talk => talk.Read(DanDrives, Message(2), Noon)).ThenRejected("not_found");
    }

    [Fact]
    public void Each_party_has_so_many_messages_and_the_business_so_many_notes()
    {
        var many = Enumerable.Range(1, OrderConversation.MaxMessages).Select(n => Sent(n, MessageSide.Customer, MessageSide.Business)).ToArray<OrderConversationEvent>();
        Spec().Given(many).When(talk => Send(talk, MessageParty.Link, MessageSide.Business)).ThenRejected("too_many_messages");
        Spec().Given(many).When(talk => Send(talk, Own, MessageSide.Business)).Then(Asked with { AccountId = Account });
        Spec().Given(many).When(talk => Send(talk, MessageParty.Business, MessageSide.Customer)).Then(Answered with { MessageId = Message(1) });
        Spec().Given([.. Enumerable.Repeat(Noted, OrderConversation.MaxNotes)]).When(talk => Note(talk)).ThenRejected("too_many_notes");
    }

    [Fact]
    public void The_business_notes_what_only_it_reads()
    {
        Spec().WhenNew(() => Note(null)).Then(Noted);
        Spec().Given(Asked).When(talk => Note(talk)).Then(Noted);
        Spec().WhenNew(() => Note(null, " ")).ThenRejected("note_invalid").Place.ShouldBe("/text");
    }

    private static Spec<OrderConversation, OrderConversationEvent> Spec() => new();

    private static OrderMessageId Message(int n) => new(Uuid.Named("message", n.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static OrderMessageSent Sent(int n, MessageSide from, MessageSide to) => new(Id, Message(n), Anna, from, to, null, null, "At noon?", Announced: false, Noon);

    private static OrderMessagesRead Read(MessageSide by, params int[] messages) => new(Id, by, [.. messages.Select(Message)], Noon);

    private static OrderConversationEvent[] Send(OrderConversation? present, MessageParty from, MessageSide to, OrderTalkedOf? order = null, string text = "At noon?") =>
        OrderConversation.Send(present, order ?? OnItsWay, Message(1), from, to, text, Noon);

    private static OrderConversationEvent[] Note(OrderConversation? present, string text = "Rang twice.") => OrderConversation.AddNote(present, OnItsWay, Noted.NoteId, text, Noon);
}
