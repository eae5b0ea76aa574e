using System.Globalization;
using System.Net;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Http.Limits;

/// <summary>
/// How often anybody may ask (SEC-06): each user and API key, each address from which guests ask, and each business with its members and its
/// guests. Customers, and users of no business, are guests of the address as well, for anybody can register as many as they like. Answers tell in RateLimit
/// and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers) where the caller stands.
/// </summary>
internal sealed class RateLimits(IOptions<LimitOptions> options, ILiveProcesses processes, TimeProvider clock)
{
    public const string Code = "rate_limited";

    private readonly Policy<Guid> users = new("default", options.Value.User, options.Value.Counted, clock);
    private readonly Policy<string> guests = new("guest", options.Value.Guest, options.Value.Counted, clock);
    private readonly Policy<TenantId> businesses = new("business", options.Value.Business, options.Value.Counted, clock);
    private readonly Policy<TenantId> storefronts = new("storefront", options.Value.Storefront, options.Value.Counted, clock);

    private readonly Policy<ConnectionId> connections = new("inbound", options.Value.Inbound, options.Value.Counted, clock);
    private readonly Policy<string> providers = new("inbound_address", options.Value.InboundAddress, options.Value.Counted, clock);

    /// <summary>Counts a request to an address of providers, before anything is known of it. Errors: rate_limited (429).</summary>
    public void CountInbound(HttpContext http) => Count(http, providers, AddressOf(http), isTold: false);

    /// <summary>Counts a request that is signed. Errors: rate_limited (429).</summary>
    public void CountInbound(HttpContext http, ConnectionId connection) => Count(http, connections, connection, isTold: false);

    /// <summary>Counts a request of whoever calls. Errors: rate_limited (429).</summary>
    /// <param name="http">The request.</param>
    /// <param name="grant">What came with it and is good; null: nobody has signed in.</param>
    public void Count(HttpContext http, AccessGrant? grant)
    {
        if (grant is not null)
        {
            Count(http, users, grant.ActorId, isTold: true);
        }

        if (grant is null or { Key: null, Role: Roles.Customer or Roles.None })
        {
            Count(http, guests, AddressOf(http), isTold: true);
        }
    }

    /// <summary>Counts a request in a business. Guests are not told how much others leave them. Errors: rate_limited (429).</summary>
    public void Count(HttpContext http, TenantId place, bool isMember)
    {
        if (place != TenantId.Platform && place != TenantId.Pool)
        {
            Count(http, isMember ? businesses : storefronts, place, isTold: isMember);
        }
    }

    private static string AddressOf(HttpContext http) => AddressNetworks.Of(http.Connection.RemoteIpAddress ?? IPAddress.None, 32, 64);

    private void Count<TKey>(HttpContext http, Policy<TKey> policy, TKey key, bool isTold) where TKey : notnull
    {
        var allowance = policy.Buckets.Take(key, processes.Count);
        if (isTold)
        {
            RateLimitHeaders.Tell(http, policy.Name, policy.Limit, allowance);
        }

        if (!allowance.Granted)
        {
            var (requests, seconds) = (policy.Limit.Requests, (int)policy.Limit.Window.TotalSeconds);
            throw new ProblemException(Problem.Of(429, Code, string.Create(CultureInfo.InvariantCulture, $"The limit is {requests} requests in {seconds} seconds. Try again later, and less often.")) with
            {
                RetryAfter = allowance.Next,
                Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["policy"] = policy.Name, ["limit"] = requests, ["window_seconds"] = seconds },
            });
        }
    }

    private sealed record Policy<TKey>(string Name, RateLimit Limit, TokenBuckets<TKey> Buckets) where TKey : notnull
    {
        public Policy(string name, RateLimit limit, int counted, TimeProvider clock) : this(name, limit, new TokenBuckets<TKey>(limit, counted, clock))
        {
        }
    }
}

/// <summary>The endpoint is for providers, who sign what they send: it counts what it knows of a request, when it knows it.</summary>
internal sealed record CountedAsInbound;

/// <summary>The limits that a request was counted for, on its answer; also where that is a problem.</summary>
internal sealed class RateLimitHeaders
{
    private readonly List<string> states = [], policies = [];

    public static void Tell(HttpContext http, string name, RateLimit limit, Allowance allowance)
    {
        var headers = http.Features.Get<RateLimitHeaders>();
        if (headers is null)
        {
            http.Features.Set(headers = new());
            http.Response.OnStarting(headers.Write, http);
        }

        headers.policies.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={limit.Requests};w={Math.Ceiling(limit.Window.TotalSeconds)}"));
        headers.states.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={allowance.Left};t={Math.Ceiling(allowance.Full.TotalSeconds)}"));
    }

    private Task Write(object http)
    {
        var headers = ((HttpContext)http).Response.Headers;
        headers["RateLimit-Policy"] = string.Join(", ", policies);
        headers["RateLimit"] = string.Join(", ", states);
        return Task.CompletedTask;
    }
}
