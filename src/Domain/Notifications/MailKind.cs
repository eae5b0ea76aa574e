namespace Mainstreet.Domain.Notifications;

/// <summary>A sort of message that customers get: a mail, or a short one on another channel.</summary>
/// <param name="Name">As in <c>customer.verify_email</c>, <c>order.ready</c>, <c>order.ready.sms</c>.</param>
/// <param name="Placeholders">What its words may name.</param>
/// <param name="Required">What text and HTML must name.</param>
/// <param name="Channel">On which it goes.</param>
public sealed record MailKind(string Name, IReadOnlyList<string> Placeholders, IReadOnlyList<string> Required, NotificationChannel Channel = NotificationChannel.Email)
{
    public const string VerifyEmail = "customer.verify_email";
    public const string ResetPassword = "customer.reset_password";

    public static IReadOnlyList<MailKind> All { get; } =
    [
        new(ResetPassword, ["shop", "email", "code"], ["code"]), new(VerifyEmail, ["shop", "email", "code"], ["code"]),
        .. from kind in NotificationKind.All
           from channel in Enum.GetValues<NotificationChannel>()
           select new MailKind(NameOf(kind.Name, channel), kind.Placeholders, [], channel),
    ];

    /// <summary>A mail has one, and a push its title; an SMS or a WhatsApp message is its text.</summary>
    public bool HasSubject => Channel is NotificationChannel.Email or NotificationChannel.Push;

    /// <summary>The step of an order that it is about, where it is about one.</summary>
    public string OrderKind => Channel is NotificationChannel.Email ? Name : Name[..Name.LastIndexOf('.')];

    public bool HasHtml => Channel is NotificationChannel.Email;

    /// <param name="kind">A <see cref="NotificationKind"/>.</param>
    /// <param name="channel">A mail has the kind's own name.</param>
    public static string NameOf(string kind, NotificationChannel channel) => channel is NotificationChannel.Email ? kind : $"{kind}.{channel.ToString().ToLowerInvariant()}";

    /// <summary>Errors: not_found (404).</summary>
    public static MailKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? throw new DomainException(DomainError.NotFound("mail"));
}
