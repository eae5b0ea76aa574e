using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// How every business starts. Registration and activation are commits of the platform's log, what the business begins with is one of
/// its own; each step may be repeated, and a crash between them is made good by <see cref="ProvisioningCompletion"/>.
/// </summary>
internal static class BusinessStart
{
    /// <param name="lane">Of the platform: the last step is the caller's own commit.</param>
    /// <param name="scopes">For the other steps.</param>
    /// <param name="wanted">Its subdomain is left out where <paramref name="subdomain"/> is null.</param>
    /// <param name="subdomain">Null: one is made from the name.</param>
    /// <param name="owner">Who has no account yet, or is asked to become it.</param>
    /// <param name="receipt">What is answered, and stored with the last commit.</param>
    /// <param name="cancellationToken">Honoured between the steps.</param>
    public static async Task<TReceipt> Start<TReceipt>(
        this ILane lane, ITenantScopes scopes, BusinessRegistration wanted, string? subdomain, NewOwner owner, Func<BusinessReceipt, TReceipt> receipt,
        CancellationToken cancellationToken)
        where TReceipt : Committed
    {
        var id = wanted.BusinessId;
        var registered = await Register(scopes, wanted, subdomain, owner, cancellationToken);
        await scopes.Send(id, new ProvisionBusiness(wanted.Name, wanted.Currency, wanted.Timezone, HasCategories: wanted.Origin is not null), cancellationToken);
        return await lane.Run(
            streams => streams.Of<Business>(id.Value),
            (log, now) =>
            {
                var business = log.Get<Business>(id.Value);
                log.Append<Business, BusinessEvent>(id.Value, business.Status is BusinessStatus.Provisioning ? business.Activate(now) : []);
                return receipt(new(id, business.TestClockId, log.Version(id.Value), registered));
            },
            cancellationToken);
    }

    /// <summary>Whether a subdomain is free is known when it is taken: a suggestion that is not free gives way to the next one.</summary>
    private static async Task<string> Register(
        ITenantScopes scopes, BusinessRegistration wanted, string? subdomain, NewOwner owner, CancellationToken cancellationToken)
    {
        string[] candidates = subdomain is null ? [.. Subdomains.Suggest(Slug.From(wanted.Name), wanted.BusinessId)] : [subdomain];
        foreach (var candidate in candidates[..^1])
        {
            try
            {
                await scopes.Send(TenantId.Platform, new RegisterBusiness(wanted with { Subdomain = candidate }, owner.Account, owner.Invitee), cancellationToken);
                return candidate;
            }
            catch (DomainException e) when (e.Error.Code == BusinessErrors.SubdomainTaken.Code)
            {
                // the next one
            }
        }

        await scopes.Send(TenantId.Platform, new RegisterBusiness(wanted with { Subdomain = candidates[^1] }, owner.Account, owner.Invitee), cancellationToken);
        return candidates[^1];
    }
}

/// <summary>What is new about the owner of a new business; a user whom the registration names needs neither.</summary>
internal readonly record struct NewOwner(NewAccount? Account = null, Invitee? Invitee = null);
