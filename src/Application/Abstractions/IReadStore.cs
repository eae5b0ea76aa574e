namespace Mainstreet.Application;

/// <summary>
/// Reads of the present tenant's views. SQL stands beside its query and reads <c>rm.name</c>, which shows the live
/// generation of this tenant only. Where the request names a min_position, the read first waits until the projections
/// that the SQL names have reached it (else 503 projection_lagging).
/// </summary>
public interface IReadStore
{
    /// <summary>
    /// Rows as records: constructor parameters are matched to snake_case columns, <c>Money</c> to x_amount and x_currency,
    /// other nested types to jsonb.
    /// </summary>
    Task<IReadOnlyList<T>> List<T>(string sql, object? parameters, CancellationToken cancellationToken);

    Task<T?> Find<T>(string sql, object? parameters, CancellationToken cancellationToken) where T : class;
}

/// <summary>A page of a list with the cursor that continues it (requirements 9.7).</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor);
