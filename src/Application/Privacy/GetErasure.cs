using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>The certificate of a customer's last erasure. Errors: not_found (404).</summary>
public sealed record GetErasure(CustomerId CustomerId) : IRequest<ErasureCertificate>;

/// <param name="Views">Read models that held data in the clear.</param>
public sealed record ErasureCertificate(ErasureView Erasure, IReadOnlyList<ErasedView> Views);

internal sealed class GetErasureHandler(IReadStore reads, ISubjectTraces traces) : IRequestHandler<GetErasure, ErasureCertificate>
{
    public async Task<ErasureCertificate> Handle(GetErasure query, CancellationToken cancellationToken)
    {
        var erasure = await reads.Find<ErasureView>(
            "select * from rm.erasures where id = @id", new { Id = DataSubject.StreamOf(query.CustomerId.Value) }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("erasure"));
        return new(erasure, await traces.Views(erasure.ErasureId, cancellationToken));
    }
}
