using Mainstreet.Application.CustomDomains;
using Mainstreet.Domain.CustomDomains;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>The section <c>Storefronts</c> of the configuration.</summary>
internal sealed class StorefrontOptions
{
    /// <summary>Such as shops.example.com, where acme.shops.example.com is the storefront of acme.</summary>
    public string? Domain { get; set; }

    public bool AreValid() => Domain is null || HostName.Normalize(Domain) == Domain;
}

/// <inheritdoc />
internal sealed class StorefrontDomain(IOptions<StorefrontOptions> options) : IStorefrontDomain
{
    public string? Name => options.Value.Domain;
}
