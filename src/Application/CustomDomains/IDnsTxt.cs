using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// TXT records, as a name server tells them at this moment. Of a test business they are those of its sandbox, and no name server is
/// asked. Errors: <see cref="UnavailableException"/> dns_unavailable (503) where nobody can say.
/// </summary>
public interface IDnsTxt
{
    /// <returns>The text of each record of that name; none where there is no such name.</returns>
    Task<IReadOnlyList<string>> Find(string name, CancellationToken cancellationToken);
}

/// <summary>The domain below which storefronts have their subdomains, if there is one.</summary>
public interface IStorefrontDomain
{
    string? Name { get; }
}

/// <summary>Runs in the business's tenant, which says whom to ask.</summary>
internal sealed record LookUpTxt(string Name) : IRequest<IReadOnlyList<string>>;

internal sealed class LookUpTxtHandler(IDnsTxt dns) : IRequestHandler<LookUpTxt, IReadOnlyList<string>>
{
    public Task<IReadOnlyList<string>> Handle(LookUpTxt query, CancellationToken cancellationToken) => dns.Find(query.Name, cancellationToken);
}
