using Mainstreet.Domain;
using Mainstreet.Domain.CustomDomains;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>From now on it leads nowhere, and another business can prove that it has it. Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record RemoveCustomDomain(TenantId Business, CustomDomainId DomainId) : IRequest<Committed>;

/// <summary>
/// How far the certificate of a verified domain is (WL-04), as whoever ends TLS knows. Runs in the platform's tenant. Errors: not_found (404);
/// domain_not_verified (409).
/// </summary>
public sealed record ReportCertificate(TenantId Business, CustomDomainId DomainId, CertificateStatus Status, DateTimeOffset? ValidUntil) : IRequest<Committed>;

internal sealed class RemoveCustomDomainHandler(IMediator mediator, IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveCustomDomain, Committed>
{
    public async Task<Committed> Handle(RemoveCustomDomain command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetCustomDomain(command.Business, command.DomainId), cancellationToken);
        return await aggregates.Update<CustomDomain, CustomDomainEvent>(command.DomainId.Value, null, domain => domain.Remove(clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class ReportCertificateHandler(IMediator mediator, IAggregates aggregates, TimeProvider clock) : IRequestHandler<ReportCertificate, Committed>
{
    public async Task<Committed> Handle(ReportCertificate command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetCustomDomain(command.Business, command.DomainId), cancellationToken);
        return await aggregates.Update<CustomDomain, CustomDomainEvent>(
            command.DomainId.Value, null, domain => domain.ReportCertificate(command.Status, command.ValidUntil, clock.GetUtcNow()), cancellationToken);
    }
}
