using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>The certificate of a customer's last erasure, with those who were merged into them. Errors: not_found (404).</summary>
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
        var others = await reads.List<ErasureView>(
            $"select * from rm.erasures where subject_id = {SamePerson.Members("@customer_id")} and erased_at = @erased_at", new { query.CustomerId, erasure.ErasedAt }, cancellationToken);
        var views = new List<ErasedView>();
        foreach (var part in others.Append(erasure))
        {
            views.AddRange(await traces.Views(part.ErasureId, cancellationToken));
        }

        return new(
            erasure with { Events = erasure.Events + others.Sum(other => other.Events) },
            [.. views.GroupBy(view => view.Projection, (projection, of) => new ErasedView(projection, of.MinBy(view => Urgency(view.Status))!.Status), StringComparer.Ordinal).OrderBy(view => view.Projection, StringComparer.Ordinal)]);
    }

    /// <summary>A read model is as far as the erasure that is least far.</summary>
    private static int Urgency(ErasedViewStatus status) => status switch
    {
        ErasedViewStatus.Failed => 0,
        ErasedViewStatus.Rebuilding => 1,
        ErasedViewStatus.Dropping => 2,
        ErasedViewStatus.Clean => 3,
    };
}
