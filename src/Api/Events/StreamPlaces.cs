using Mainstreet.Api.Http;
using Mainstreet.Application;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Events;

/// <summary>Bounds how many requests of a user or key and of a business stay open, so that a page which forgets its streams harms nobody else.</summary>
internal sealed class StreamPlaces(IOptions<StreamOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> taken = [];

    /// <summary>A place until it is disposed of. Errors: too_many_streams (429).</summary>
    public IDisposable Take(AccessGrant grant)
    {
        lock (gate)
        {
            Check(grant.ActorId, "user", options.Value.StreamsPerUser);
            Check(grant.TenantId.Value, "business", options.Value.StreamsPerBusiness);
            taken[grant.ActorId] = Taken(grant.ActorId) + 1;
            taken[grant.TenantId.Value] = Taken(grant.TenantId.Value) + 1;
        }

        return new Place(this, grant);
    }

    private int Taken(Guid holder) => taken.GetValueOrDefault(holder);

    private void Check(Guid holder, string kind, int limit)
    {
        if (Taken(holder) >= limit)
        {
            throw new ProblemException(Problem.Of(429, "too_many_streams", $"This {kind} has {limit} streams open, which is the limit. Close one first.") with
            {
                RetryAfter = TimeSpan.FromSeconds(5),
                Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["scope"] = kind, ["limit"] = limit },
            });
        }
    }

    private void Leave(AccessGrant grant)
    {
        lock (gate)
        {
            foreach (var holder in (Guid[])[grant.ActorId, grant.TenantId.Value])
            {
                if (--taken[holder] == 0)
                {
                    taken.Remove(holder);
                }
            }
        }
    }

    private sealed class Place(StreamPlaces places, AccessGrant grant) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                places.Leave(grant);
            }
        }
    }
}
