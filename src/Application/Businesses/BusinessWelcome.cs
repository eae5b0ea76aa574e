using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// Who signs up, or becomes the owner of what an operator began, is told what the business is called and where to go on; the proof of the
/// address is a mail of its own.
/// </summary>
internal sealed class BusinessWelcome : Policy
{
    public BusinessWelcome() : base("business_welcome")
    {
        On<BusinessRegistered>(e => e.Origin is BusinessOrigin.SignUp ? Schedule(new SendBusinessWelcome(e.BusinessId), e.At) : null);
        On<MembershipGranted>(e => e.Role is Role.Owner ? Schedule(new SendBusinessWelcome(e.TenantId, e.UserId), e.At) : null);
    }
}

/// <param name="Joined">Who became an owner; left out: who signed up.</param>
[Message("business.send_welcome", Queues.Notifications)]
internal sealed record SendBusinessWelcome(TenantId BusinessId, UserId? Joined = null) : IRequest<Committed>;

internal sealed class SendBusinessWelcomeHandler(IAggregates aggregates, IEmailSender mail, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SendBusinessWelcome, Committed>
{
    public async Task<Committed> Handle(SendBusinessWelcome command, CancellationToken cancellationToken)
    {
        var business = (await aggregates.Find<Business, BusinessEvent>(command.BusinessId.Value, cancellationToken))?.State;
        var to = command.Joined is null ? business?.Owner : business is { Owner: null, Welcomed: false } ? command.Joined : null;
        var owner = to is { } user ? await aggregates.Find<User, UserEvent>(user.Value, cancellationToken) : null;
        if (owner is not { State: { Active: true } state } || !EmailAddress.IsWellFormed(state.Email))
        {
            return new(0);
        }

        var name = state.EmailVerified ? business!.Name : "Your business"; // whoever signs up writes nothing to an address that may be another one's
        var text = $"""
            {name} is ready. Its storefront will be at {business!.Subdomain}, as soon as you publish it.

            Sign in with {state.Email} to go on.
            """;
        await mail.Send(
            new(state.Email, state.EmailVerified ? $"Welcome, {name}" : "Welcome", text, "business.welcome", context.CommandId.ToString(), SubjectId: state.Id.Value), cancellationToken);
        return await aggregates.Update<Business, BusinessEvent>(
            command.BusinessId.Value, null, welcomed => welcomed.Welcome(clock.GetUtcNow()), cancellationToken);
    }
}
