using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary><see cref="EraseSubject"/> in any business, a closed one too. Runs in the platform's tenant. Errors: also not_found (404) for the business.</summary>
public sealed record EraseSubjectOf(TenantId BusinessId, CustomerId CustomerId, ErasureReason Reason) : IRequest<ErasedThere>;

/// <summary>Not a commit of the platform, where the request comes in.</summary>
public sealed record ErasedThere(ErasureReceipt There);

internal sealed class EraseSubjectOfHandler(ITenantScopes scopes) : IRequestHandler<EraseSubjectOf, ErasedThere>
{
    public async Task<ErasedThere> Handle(EraseSubjectOf command, CancellationToken cancellationToken) =>
        new(await scopes.Send(command.BusinessId, new EraseSubject(command.CustomerId, command.Reason), cancellationToken));
}
