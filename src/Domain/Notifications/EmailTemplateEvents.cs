using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Notifications;

public abstract record EmailTemplateEvent : IEvent;

[EventType("email_template.set.v1", Internal = true)]
public sealed record EmailTemplateSet(string Mail, string Language, MailWords Words, DateTimeOffset At) : EmailTemplateEvent;

[EventType("email_template.cleared.v1", Internal = true)]
public sealed record EmailTemplateCleared(string Mail, string Language, DateTimeOffset At) : EmailTemplateEvent;

[JsonSerializable(typeof(EmailTemplateSet))]
[JsonSerializable(typeof(EmailTemplateCleared))]
internal sealed partial class EmailTemplateJson : JsonSerializerContext;
