using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// An operator starts a business for somebody, who is asked by mail to become its owner (TEN-13): business and invitation in one commit, then
/// the steps of <see cref="BusinessStart"/>. Runs in the platform's tenant. Errors: subdomain_taken, subdomain_reserved (409), and 400 for
/// what is malformed.
/// </summary>
/// <param name="Subdomain">Null: one is made from the name.</param>
/// <param name="Infrastructure">Which it belongs to; null: the one that is always there. Errors: not_found (404).</param>
public sealed record CreateBusinessFor(
    string OwnerEmail, string Name, string? Subdomain, string Currency, string Timezone, BusinessMode Mode, string? Country, TenantId? Infrastructure = null)
    : IRequest<BusinessReceipt>
{
    /// <summary>Without the address, because requests end up in logs.</summary>
    public override string ToString() => nameof(CreateBusinessFor);
}

internal sealed class CreateBusinessForValidator : AbstractValidator<CreateBusinessFor>
{
    public CreateBusinessForValidator() => RuleFor(c => c.OwnerEmail).IsEmailAddress();
}

internal sealed class CreateBusinessForHandler(ILane lane, ITenantScopes scopes, ITenantContext context) : IRequestHandler<CreateBusinessFor, BusinessReceipt>
{
    public async Task<BusinessReceipt> Handle(CreateBusinessFor command, CancellationToken cancellationToken)
    {
        var id = new TenantId(Uuid.Named("business", context.CommandId.ToString()));
        var registration = new BusinessRegistration(
            id, command.Name, command.Subdomain ?? "", command.Currency, command.Timezone, Owner: null, command.Mode,
            command.Mode is BusinessMode.Test ? Uuid.Named("test_clock", id.ToString()) : null, command.Country, Origin: BusinessOrigin.Operator,
            Infrastructure: command.Infrastructure);
        var invitee = new Invitee(new InvitationId(Uuid.Named("owner_invitation", id.ToString())), command.OwnerEmail);
        return await lane.Start(scopes, registration, command.Subdomain, new(Invitee: invitee), started => started, cancellationToken);
    }
}

/// <summary>
/// Somebody else, or the same once more, is asked to become the owner of a business that has none; earlier mails are good for nothing then.
/// Runs in the platform's tenant. Errors: not_found (404), owner_exists (409), email_invalid (400).
/// </summary>
public sealed record InviteOwner(TenantId BusinessId, string Email) : IRequest<Committed>
{
    /// <summary>Without the address, because requests end up in logs.</summary>
    public override string ToString() => nameof(InviteOwner);
}

internal sealed class InviteOwnerValidator : AbstractValidator<InviteOwner>
{
    public InviteOwnerValidator() => RuleFor(c => c.Email).IsEmailAddress();
}

internal sealed class InviteOwnerHandler(ILane lane, ITenantContext context) : IRequestHandler<InviteOwner, Committed>
{
    public Task<Committed> Handle(InviteOwner command, CancellationToken cancellationToken)
    {
        var (business, id) = (command.BusinessId, new InvitationId(Uuid.Named("owner_invitation", context.CommandId.ToString())));
        return lane.Run(
            streams => streams.OfTeam(business).Of<Business>(business.Value).Of<Invitation>(id.Value)
                .In<Invitation>("select id from rm.invitations where business_id = @business and status = 'open' and role = 'owner'", new { business }),
            (log, now) =>
            {
                Check.That(log.Find<Business>(business.Value) is not null, DomainError.NotFound("business"));
                Check.That(!log.All<Membership>().Any(member => member is { Active: true, Role: Role.Owner }), BusinessErrors.OwnerExists);
                foreach (var earlier in log.All<Invitation>().Where(earlier => earlier.Role.Role is Role.Owner))
                {
                    log.Append<Invitation, InvitationEvent>(earlier.Id.Value, earlier.Cancel(now));
                }

                log.Append<Invitation, InvitationEvent>(id.Value, Invitation.Create(id, business, command.Email, Role.Owner, now));
                log.Send(business, new SendInvitation(id));
                return new Committed(log.Version(business.Value));
            },
            cancellationToken);
    }
}
