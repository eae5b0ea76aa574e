using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Tests.Orders;

namespace Mainstreet.Domain.Tests.Notifications;

/// <summary>What customers are told of their orders, where, and that it is once (ORD-10).</summary>
public class TellingACustomer
{
    private static readonly DateTimeOffset Noon = OrderSamples.Noon;
    private static readonly NotificationId Id = Notification.IdOf(Uuid.Named("step"), NotificationChannel.Sms);
    private static readonly OrderNews News = OrderNews.Of(OrderSamples.Confirmed)!;
    private static readonly NotificationTried Tried = new(Id, News, "1001", NotificationChannel.Sms, OrderSamples.Anna, "+4930123456");
    private static readonly NotificationSent Sent = new(Id, News, "1001", NotificationChannel.Sms, OrderSamples.Anna, "+4930123456", "SM1", 1, Noon);
    private static readonly NotificationFailed Failed = new(Id, News, "1001", NotificationChannel.Sms, OrderSamples.Anna, "+4930123456", "twilio_21211", 1, Noon);
    private static readonly NotificationResendRequested Again = new(Id, 2, Noon.AddMinutes(5));
    private static readonly NotificationSettingsChanged Changed =
        new([new(NotificationKind.Ready, [NotificationChannel.Email, NotificationChannel.Whatsapp], $"HX{new string('a', 32)}")], "972", "https://acme.example/o/{order_id}?t={token}", Noon);

    private static readonly CustomerWishesChosen Chosen = new(OrderSamples.Anna, [NotificationKind.Preparing], [NotificationChannel.Sms], Noon);
    private static readonly PushSubscriptionAdded Added =
        new(PushSubscriptions.IdOf("https://push.example/1"), OrderSamples.Id, OrderSamples.Anna, "https://push.example/1", new('p', 87), new('a', 22), Noon);

    internal static NotificationEvent[][] Streams => [[Sent], [Failed, Again, Sent with { Attempt = 2 }]];

    internal static NotificationSettingsEvent[][] Settings => [[Changed]];

    internal static CustomerWishesEvent[][] Wishes => [[Chosen]];

    internal static PushSubscriptionEvent[][] Subscriptions => [[Added, new PushSubscriptionRemoved(Added.SubscriptionId, Noon)]];

    public static TheoryData<OrderEvent, string?> Steps => new()
    {
        { OrderSamples.Placed(), NotificationKind.Placed },
        { OrderSamples.Placed(PaymentMethod.Card), null },
        { OrderSamples.Placed() with { Terms = OrderSamples.Terms with { AutoConfirm = true } }, null },
        { OrderSamples.Authorized, NotificationKind.Placed },
        { OrderSamples.Authorized with { AcceptBy = null }, null },
        { OrderSamples.PaidInFull, null },
        { OrderSamples.NotPaid, NotificationKind.PaymentFailed },
        { OrderSamples.Expired, NotificationKind.PaymentExpired },
        { OrderSamples.Confirmed, NotificationKind.Confirmed },
        { OrderSamples.Amended, NotificationKind.Amended },
        { OrderSamples.Rejected, NotificationKind.Rejected },
        { OrderSamples.Preparing, NotificationKind.Preparing },
        { OrderSamples.Ready, NotificationKind.Ready },
        { OrderSamples.Left, NotificationKind.OutForDelivery },
        { OrderSamples.Delivered, NotificationKind.Delivered },
        { OrderSamples.Collected, NotificationKind.Collected },
        { OrderSamples.Completed, NotificationKind.Completed },
        { OrderSamples.Failed, NotificationKind.DeliveryFailed },
        { OrderSamples.Redelivery, NotificationKind.Redelivery },
        { OrderSamples.Returned, NotificationKind.Returned },
        { OrderSamples.Canceled, NotificationKind.Canceled },
        { OrderSamples.RefundRequested, null },
        { OrderSamples.RefundMade, NotificationKind.Refunded },
        { OrderSamples.RefundFailed, null },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_of_an_order_that_they_are_told(OrderEvent step, string? kind) => (OrderNews.Of(step)?.Kind).ShouldBe(kind);

    [Fact]
    public void Every_event_of_an_order_is_in_the_table() =>
        typeof(OrderEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OrderEvent))).Except(Steps.Select(row => row.Data.Item1.GetType())).ShouldBeEmpty();

    [Fact]
    public void A_message_is_told_where_it_says_so()
    {
        var sent = new OrderMessageSent(OrderSamples.Id, new(Uuid.Named("message")), OrderSamples.Anna, MessageSide.Business, MessageSide.Customer, null, null, "At noon.", Announced: true, Noon);
        OrderNews.Of(sent).ShouldBe(new(OrderSamples.Id, NotificationKind.Message, Noon));
        OrderNews.Of(sent with { Announced = false }).ShouldBeNull();
    }

    [Fact]
    public void What_was_sent_is_noted_once_and_not_sent_again()
    {
        Notification.Record(Tried, null, failure: null, "SM1", Noon).ShouldBe([Sent]);
        var sent = Notification.Evolve(null, Sent);
        Notification.IsDone(sent).ShouldBeTrue();
        Notification.Record(Tried, sent, failure: "late", null, Noon).ShouldBeEmpty();
        Should.Throw<DomainException>(() => sent.Resend(Noon)).Error.Code.ShouldBe("notification_sent");
    }

    [Fact]
    public void What_has_failed_is_sent_again_when_somebody_wants_it()
    {
        Notification.Record(Tried, null, "twilio_21211", null, Noon).ShouldBe([Failed]);
        var failed = Notification.Evolve(null, Failed);
        failed.Resend(Noon.AddMinutes(5)).ShouldBe([Again]);
        var again = Notification.Evolve(failed, Again);
        Notification.IsDone(again).ShouldBeFalse();
        again.Resend(Noon).ShouldBeEmpty();
        Notification.Record(Tried, again, null, "SM1", Noon).ShouldBe([Sent with { Attempt = 2 }]);
    }

    [Theory]
    [InlineData(true, true, true, "Email,Push")]
    [InlineData(false, true, false, "Sms")]
    [InlineData(true, true, false, "Email")]
    [InlineData(false, false, false, "")]
    public void Usually_it_is_by_mail_else_by_sms(bool mail, bool sms, bool push, string channels) => string.Join(',', NotificationSettings.Default.ChannelsFor(
        NotificationKind.Ready, channel => channel switch { NotificationChannel.Email => mail, NotificationChannel.Sms => sms, NotificationChannel.Push => push, _ => true })).ShouldBe(channels);

    [Fact]
    public void A_rule_says_which_channels()
    {
        var rules = new NotificationRule[] { new(NotificationKind.Ready, [NotificationChannel.Whatsapp, NotificationChannel.Email, NotificationChannel.Email], $"HX{new string('a', 32)}") };
        var changed = (NotificationSettingsChanged)NotificationSettings.Change(null, rules, "972", Changed.TrackingUrl, Noon).Single();
        var settings = NotificationSettings.Evolve(null, changed);
        settings.ChannelsFor(NotificationKind.Ready, _ => true).ShouldBe([NotificationChannel.Email, NotificationChannel.Whatsapp]);
        settings.ChannelsFor(NotificationKind.Ready, channel => channel is NotificationChannel.Whatsapp).ShouldBe([NotificationChannel.Whatsapp]);
        NotificationSettings.Change(settings, rules, "972", Changed.TrackingUrl, Noon).ShouldBeEmpty();
        new NotificationSettings([new(NotificationKind.Ready, [])]).ChannelsFor(NotificationKind.Ready, _ => true).ShouldBeEmpty();
        Refused([new("order.eaten", null)], null, null).ShouldBe("notification_unknown");
        Refused([new(NotificationKind.Ready, null), new(NotificationKind.Ready, [])], null, null).ShouldBe("notification_unknown");
        Refused([new(NotificationKind.Ready, null, "HX1")], null, null).ShouldBe("whatsapp_content_invalid");
        Refused([], "+972", null).ShouldBe("calling_code_invalid");
        Refused([], null, "https://acme.example/{order_id}").ShouldBe("tracking_url_invalid");

        static string Refused(NotificationRule[] rules, string? code, string? url) =>
            Should.Throw<DomainException>(() => NotificationSettings.Change(null, rules, code, url, Noon)).Error.Code;
    }

    [Theory]
    [InlineData("+972 50-123 4567", null, "+972501234567")]
    [InlineData("00972501234567", null, "+972501234567")]
    [InlineData("050-1234567", "972", "+972501234567")]
    [InlineData("12 345 678", "60", "+6012345678")]
    [InlineData("050-1234567", null, null)]
    [InlineData("[erased]", "972", null)]
    [InlineData("+123", null, null)]
    public void Numbers_are_international_or_nobody_s(string phone, string? code, string? number) => new NotificationSettings([], code).International(phone).ShouldBe(number);

    [Fact]
    public void A_customer_turns_off_what_is_not_essential()
    {
        var chosen = CustomerWishes.Choose(null, OrderSamples.Anna, [NotificationKind.Preparing, NotificationKind.Preparing], [NotificationChannel.Sms], Noon).Single();
        var wishes = CustomerWishes.Evolve(null, chosen);
        (wishes.Want(NotificationKind.Preparing, NotificationChannel.Email), wishes.Want(NotificationKind.Ready, NotificationChannel.Email), wishes.Want(NotificationKind.Ready, NotificationChannel.Sms))
            .ShouldBe((false, true, false));
        CustomerWishes.OptOut(wishes, OrderSamples.Anna, NotificationChannel.Sms, Noon).ShouldBeEmpty();
        CustomerWishes.Evolve(wishes, CustomerWishes.OptOut(wishes, OrderSamples.Anna, NotificationChannel.Whatsapp, Noon).Single()).Refused
            .ShouldBe([NotificationChannel.Sms, NotificationChannel.Whatsapp]);
        Should.Throw<DomainException>(() => CustomerWishes.Choose(null, OrderSamples.Anna, [NotificationKind.Canceled], [], Noon)).Error.Code.ShouldBe("notification_essential");
        Should.Throw<DomainException>(() => CustomerWishes.Choose(null, OrderSamples.Anna, ["order.eaten"], [], Noon)).Error.Code.ShouldBe("notification_unknown");
    }

    [Fact]
    public void An_order_is_followed_in_five_browsers()
    {
        PushSubscriptions? all = null;
        for (var i = 0; i < PushSubscriptions.Most; i++)
        {
            all = PushSubscriptions.Evolve(all, Add($"https://push.example/{i}").Single());
        }

        Add("https://push.example/0").ShouldBeEmpty();
        Should.Throw<DomainException>(() => Add("https://push.example/9")).Error.Code.ShouldBe("too_many_push_subscriptions");
        all = PushSubscriptions.Evolve(all, PushSubscriptions.Remove(all, PushSubscriptions.IdOf("https://push.example/0"), Noon).Single());
        Should.Throw<DomainException>(() => PushSubscriptions.Remove(all, PushSubscriptions.IdOf("https://push.example/0"), Noon)).Error.Code.ShouldBe("not_found");
        Add("https://push.example/9").ShouldHaveSingleItem();

        PushSubscriptionEvent[] Add(string endpoint) => PushSubscriptions.Add(all, OrderSamples.Id, OrderSamples.Anna, endpoint, new('p', 87), new('a', 22), Noon);
    }

    [Fact]
    public void Words_of_a_short_message_have_neither_subject_nor_html()
    {
        Refused("order.ready.sms", new("Hi", "{{number}}")).ShouldBe("mail_words_invalid");
        Refused("order.ready.sms", new("", "{{number}}", "<b>x</b>")).ShouldBe("mail_words_invalid");
        Refused("order.ready.whatsapp", new("", new('x', 1_001))).ShouldBe("mail_words_invalid");
        Refused("order.ready.push", new("", "{{number}}")).ShouldBe("mail_words_invalid");
        Refused("order.ready.sms", new("", "{{lines}}")).ShouldBe("placeholder_unknown");
        Refused("order.ready", new("Hi", "{{amount}}")).ShouldBe("placeholder_unknown");
        EmailTemplate.Set(null, "order.ready.sms", "he", new("", "{{number}} {{link}}"), Noon).ShouldHaveSingleItem();
        EmailTemplate.Set(null, "order.refunded.push", "ms", new("{{number}}", "{{amount}}"), Noon).ShouldHaveSingleItem();

        static string Refused(string mail, MailWords words) => Should.Throw<DomainException>(() => EmailTemplate.Set(null, mail, "en", words, Noon)).Error.Code;
    }
}
