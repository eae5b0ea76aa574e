using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application.Businesses;

/// <summary>The state of each business, for whoever has to know it all the time. Commits look for themselves, under the lane.</summary>
public interface IBusinessStates
{
    /// <summary>As this process changed it just now, or another one a second ago. The platform and its pool are active.</summary>
    ValueTask<BusinessStatus> Of(TenantId business, CancellationToken cancellationToken);
}
