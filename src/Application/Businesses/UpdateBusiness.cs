using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>An operator does <see cref="ChangeBusinessSettings"/> for a business. Runs in the platform's tenant. Errors: also not_found (404).</summary>
public sealed record UpdateBusiness(TenantId BusinessId, DetailsChange Details, SettingsChange Settings) : IRequest<BusinessUpdated>;

/// <summary>Not a commit of the platform, where the request comes in.</summary>
public sealed record BusinessUpdated(Committed There);

internal sealed class UpdateBusinessHandler(IMediator mediator, ITenantScopes scopes) : IRequestHandler<UpdateBusiness, BusinessUpdated>
{
    public async Task<BusinessUpdated> Handle(UpdateBusiness command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetBusinessRecord(command.BusinessId), cancellationToken);
        return new(await scopes.Send(command.BusinessId, new ChangeBusinessSettings(command.Settings, Details: command.Details), cancellationToken));
    }
}
