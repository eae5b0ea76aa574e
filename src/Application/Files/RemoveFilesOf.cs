using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Files;

/// <summary>A closed business shows nothing any more. Runs in the platform's tenant, because messages of closed businesses do not.</summary>
[Message("files.remove_of")]
internal sealed record RemoveFilesOf(TenantId Business) : IRequest<Committed>;

internal sealed class RemoveFilesOfHandler(IPublicFiles files) : IRequestHandler<RemoveFilesOf, Committed>
{
    public async Task<Committed> Handle(RemoveFilesOf command, CancellationToken cancellationToken)
    {
        await files.RemoveAllOf(command.Business, cancellationToken);
        return new Committed(0);
    }
}

internal sealed class FilesOfClosedBusinesses : Policy
{
    public FilesOfClosedBusinesses() : base("files_of_closed_businesses") => On<BusinessClosed>(e => Schedule(new RemoveFilesOf(e.BusinessId), e.At));
}
