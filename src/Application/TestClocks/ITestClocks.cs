using Mainstreet.Domain;

namespace Mainstreet.Application.TestClocks;

/// <summary>The clocks of test tenants.</summary>
public interface ITestClocks
{
    /// <summary>Errors: not_found (404) when the present tenant has no such clock.</summary>
    Task<TestClock> Get(Guid clock, CancellationToken cancellationToken);

    /// <summary>
    /// Errors: not_found (404); clock_backwards (422) when the moment is not after the clock's time; clock_too_far (422);
    /// clock_busy (409) while another advance runs; missing_permission (403) when others than the present tenant and
    /// <paramref name="permitted"/> live by the clock.
    /// </summary>
    Task<TestClockAdvanced> Advance(Guid clock, DateTimeOffset? to, TimeSpan? by, IReadOnlyCollection<TenantId> permitted, CancellationToken cancellationToken);
}
