using Mainstreet.Domain.Integrations;
using MediatR;

namespace Mainstreet.Application.Integrations;

/// <summary>Every kind that there is, with what the business has of it.</summary>
public sealed record ListIntegrations : IRequest<IReadOnlyList<IntegrationState>>;

/// <summary>Errors: not_found (404) for an unknown kind.</summary>
public sealed record GetIntegration(string Kind) : IRequest<IntegrationState>;

/// <param name="Integration">Null: it is not configured.</param>
public sealed record IntegrationState(IntegrationKind Kind, IntegrationView? Integration);

internal sealed class ListIntegrationsHandler(IReadStore reads) : IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationState>>, IRequestHandler<GetIntegration, IntegrationState>
{
    public async Task<IReadOnlyList<IntegrationState>> Handle(ListIntegrations query, CancellationToken cancellationToken)
    {
        var rows = await reads.List<IntegrationView>("select * from rm.integrations", new { }, cancellationToken);
        return [.. IntegrationKind.All.Select(kind => new IntegrationState(kind, rows.FirstOrDefault(row => row.Kind == kind.Name)))];
    }

    public async Task<IntegrationState> Handle(GetIntegration query, CancellationToken cancellationToken)
    {
        var kind = IntegrationKind.Get(query.Kind);
        return (await Handle(new ListIntegrations(), cancellationToken)).Single(state => state.Kind == kind);
    }
}
