using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Archives;

/// <summary>
/// The log of the present business with personal data readable (ANA-06, OPS-08); what was erased stays erased. Errors: position_gone (410).
/// </summary>
public sealed record ExportLog(long After, ArchiveFormat Format = ArchiveFormat.Mainstreet) : IRequest<ILogExport>;

internal sealed class ExportLogHandler(ILogExports exports) : IRequestHandler<ExportLog, ILogExport>
{
    public Task<ILogExport> Handle(ExportLog query, CancellationToken cancellationToken) => exports.Begin(query.After, query.Format, cancellationToken);
}

/// <summary>The same of any business, for operators. Errors: not_found (404) too.</summary>
public sealed record ExportLogOf(TenantId BusinessId, long After, ArchiveFormat Format) : IRequest<ILogExport>;

internal sealed class ExportLogOfHandler(ITenantScopes scopes) : IRequestHandler<ExportLogOf, ILogExport>
{
    public Task<ILogExport> Handle(ExportLogOf query, CancellationToken cancellationToken) =>
        query.BusinessId == TenantId.Platform || query.BusinessId == TenantId.Pool
            ? throw new DomainException(DomainError.NotFound("business"))
            : scopes.Send(query.BusinessId, new ExportLog(query.After, query.Format), cancellationToken);
}
