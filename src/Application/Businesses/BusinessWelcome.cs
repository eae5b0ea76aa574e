using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>Whoever signs up is told what the new business is called and where to go on; the proof of the address is a mail of its own.</summary>
internal sealed class BusinessWelcome : Policy
{
    public BusinessWelcome() : base("business_welcome") =>
        On<BusinessRegistered>(e => e.Origin is null ? null : Schedule(new SendBusinessWelcome(e.BusinessId), e.At));
}

[Message("business.send_welcome", Queues.Notifications)]
internal sealed record SendBusinessWelcome(TenantId BusinessId) : IRequest<Committed>;

internal sealed class SendBusinessWelcomeHandler(IAggregates aggregates, IEmailSender mail, ITenantContext context) : IRequestHandler<SendBusinessWelcome, Committed>
{
    public async Task<Committed> Handle(SendBusinessWelcome command, CancellationToken cancellationToken)
    {
        var business = await aggregates.Find<Business, BusinessEvent>(command.BusinessId.Value, cancellationToken);
        var owner = business is null ? null : await aggregates.Find<User, UserEvent>(business.State.Owner.Value, cancellationToken);
        if (owner is { State: { Active: true } state } && EmailAddress.IsWellFormed(state.Email))
        {
            var text = $"""
                {business!.State.Name} is ready. Its storefront will be at {business.State.Subdomain}, as soon as you publish it.

                Sign in with {state.Email} to go on.
                """;
            await mail.Send(
                new(state.Email, $"Welcome, {business.State.Name}", text, "business.welcome", context.CommandId.ToString(), SubjectId: state.Id.Value), cancellationToken);
        }

        return new(0);
    }
}
