using System.Globalization;
using Mainstreet.Application.Audit;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Audit;

/// <summary>
/// What was refused since it was last taken. A signed-in caller has a row per hour, operation and reason; anonymous ones are told apart by
/// network, and beyond <see cref="MaxNetworks"/> of these in an hour no more.
/// </summary>
internal sealed class GatheredAttempts
{
    private const int MaxNetworks = 500;
    private const int MaxUnknown = 50;

    private readonly Lock gate = new();
    private readonly HashSet<string> networks = new(StringComparer.Ordinal);
    private Dictionary<Guid, Gathered> rows = [];
    private List<UnknownId> unknown = [];
    private string hour = "";

    public void Add(RefusedAttempt attempt, DateTimeOffset at)
    {
        lock (gate)
        {
            var now = at.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);
            if (now != hour)
            {
                hour = now;
                networks.Clear();
            }

            var told = attempt.Actor.Id is not null || IsToldApart(attempt.Network) ? attempt : attempt with { Network = null };
            var id = Uuid.Named(
                told.Tenant.ToString(), hour, told.Operation, told.Code, told.Actor.Type, told.Actor.Id?.ToString() ?? told.Network ?? "", told.Business?.ToString() ?? "");
            rows[id] = rows.TryGetValue(id, out var row) ? row with { Last = told, LastAt = at, Count = row.Count + 1 } : new(id, told, at, at, Count: 1);
        }
    }

    /// <summary>Beyond <see cref="MaxUnknown"/> none is looked at: nobody makes the database work by guessing.</summary>
    public void Add(UnknownId tried)
    {
        lock (gate)
        {
            if (unknown.Count < MaxUnknown)
            {
                unknown.Add(tried);
            }
        }
    }

    public IReadOnlyList<UnknownId> TakeUnknown()
    {
        lock (gate)
        {
            var taken = unknown;
            unknown = [];
            return taken;
        }
    }

    public IReadOnlyCollection<Gathered> Take()
    {
        lock (gate)
        {
            var taken = rows;
            rows = [];
            return taken.Values;
        }
    }

    private bool IsToldApart(string? network) => network is null || networks.Contains(network) || (networks.Count < MaxNetworks && networks.Add(network));
}

/// <summary>An id under which there was nothing for the caller, and what to remember where it is another business's.</summary>
internal sealed record UnknownId(Guid Id, RefusedAttempt Attempt, DateTimeOffset At);

/// <summary>The same attempt, some times.</summary>
internal sealed record Gathered(Guid Id, RefusedAttempt Last, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count);
