namespace Mainstreet.Application.Customers;

/// <summary>In whose name a customer is written to.</summary>
internal sealed record MailingShop(string Name);

internal static class MailingShops
{
    public static async Task<MailingShop> Shop(this IReadStore reads, CancellationToken cancellationToken) =>
        (await reads.Find<MailingShop>("select name from rm.business_profile", null, cancellationToken))!;
}
