using Mainstreet.Domain;

namespace Mainstreet.Application.Exports;

/// <summary>Lets whoever holds it download one file for a while.</summary>
/// <param name="Token">Names the business and proves the rest; in the shape of <see cref="Orders.TrackingToken"/>.</param>
/// <param name="ExpiresAt">In whole seconds, by the business's clock.</param>
public sealed record ExportLink(string Token, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);
}

/// <summary>Signs links to files of exports.</summary>
public interface IExportLinks
{
    ExportLink Issue(TenantId tenant, ExportId export, DateTimeOffset expiresAt);

    /// <summary>Whether this token was issued for just that.</summary>
    bool IsGenuine(string token, TenantId tenant, ExportId export, DateTimeOffset expiresAt);
}
