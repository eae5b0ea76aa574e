using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Flags;

/// <summary>What a business has, for whoever asks. Runs in the platform's tenant. Errors: not_found (404).</summary>
/// <param name="Subject">Left out: nobody in particular.</param>
public sealed record ListFeatures(TenantId Business, Guid? Subject = null) : IRequest<IReadOnlyList<FeatureState>>;

internal sealed class ListFeaturesHandler(IFeatures features, IAggregates aggregates) : IRequestHandler<ListFeatures, IReadOnlyList<FeatureState>>
{
    public async Task<IReadOnlyList<FeatureState>> Handle(ListFeatures query, CancellationToken cancellationToken)
    {
        _ = await aggregates.Find<Business, BusinessEvent>(query.Business.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("business"));
        return await features.Of(query.Business, query.Subject, cancellationToken);
    }
}
