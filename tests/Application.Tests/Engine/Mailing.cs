using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Sends a mail, as a feature's message does: to an address that is looked up, under a key of the message.</summary>
[Message("test.mail", Queues.Notifications)]
public sealed record SendMail(Guid Person) : IRequest<Committed>
{
    public static string AddressOf(Guid person) => $"{person:N}@example.com";
}

internal sealed class SendMailHandler(IEmailSender mail, ITenantContext context) : IRequestHandler<SendMail, Committed>
{
    public async Task<Committed> Handle(SendMail command, CancellationToken cancellationToken)
    {
        await mail.Send(
            new(SendMail.AddressOf(command.Person), "Grüße", "Come in.", "test.welcome", context.CommandId.ToString(), "<p>Come in.</p>", command.Person), cancellationToken);
        return new(0);
    }
}

public sealed record ScheduleMail(Guid Person, DateTimeOffset DueAt) : IRequest<Committed>;

internal sealed class ScheduleMailHandler(ILane lane) : IRequestHandler<ScheduleMail, Committed>
{
    public Task<Committed> Handle(ScheduleMail command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, _) =>
        {
            log.Schedule(new SendMail(command.Person), command.DueAt);
            return new Committed(0);
        },
        cancellationToken);
}
