using Mainstreet.Domain;

namespace Mainstreet.Application.Businesses;

/// <summary>From where pages may call the API, as businesses have set it.</summary>
public interface IAllowedOrigins
{
    Task<bool> Of(TenantId business, string origin, CancellationToken cancellationToken);

    /// <summary>Whether some business allows it: before a page sends a token, nobody knows whose it is.</summary>
    Task<bool> OfAny(string origin, CancellationToken cancellationToken);
}
