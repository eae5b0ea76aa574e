using System.Text.Json;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>
/// Moves a clock from due message to due message, in the order of all tenants that live by it. Before every step their subscriptions
/// catch up, so that what a message causes takes part in the same advance.
/// </summary>
internal sealed class TestClocks(TestClockRows rows, SubscriptionRunner subscriptions, MessageRunner runner) : ITestClocks
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Far enough for every subscription, near enough for every date that follows from one.</summary>
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<TestClock> Get(Guid clock, CancellationToken cancellationToken) =>
        await rows.Now(clock, cancellationToken) is { } now ? new(clock, now) : throw new DomainException(TestClockErrors.Unknown);

    public async Task<TestClockAdvanced> Advance(
        Guid clock, DateTimeOffset? to, TimeSpan? by, IReadOnlyCollection<TenantId> permitted, CancellationToken cancellationToken)
    {
        var (tenants, start) = await rows.Begin(clock) ?? throw new DomainException(TestClockErrors.Busy);
        try
        {
            Check.That(tenants.All(tenant => tenant == rows.Present || permitted.Contains(tenant)), TestClockErrors.Shared);
            var target = Target(start, to, by);
            var executed = new List<ExecutedMessage>();
            while (await NextDue(tenants, target, cancellationToken) is { } message)
            {
                executed.Add(await Run(clock, tenants, message));
            }

            await rows.Move(clock, tenants, target);
            return new(new(clock, target), executed) { Position = await rows.Head(cancellationToken) };
        }
        finally
        {
            await rows.End(clock, tenants);
        }
    }

    private static DateTimeOffset Target(DateTimeOffset start, DateTimeOffset? to, TimeSpan? by)
    {
        var target = (to ?? start + by!.Value).ToUniversalTime();
        Check.That(target > start, TestClockErrors.Backwards(start));
        Check.That(target <= Latest, TestClockErrors.TooFar(Latest));
        return target;
    }

    /// <summary>To its end, whoever has left meanwhile: that is no failure of the message.</summary>
    private async Task<ExecutedMessage> Run(Guid clock, IReadOnlyList<TenantId> tenants, ClaimedMessage message)
    {
        var at = await rows.Move(clock, tenants, message.DueAt);
        var outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName((await runner.Run(message, CancellationToken.None)).ToString());
        await rows.Record(clock, message, at, outcome);
        return new(message.Tenant.Value, message.MessageId, message.Type, message.DueAt, at, outcome);
    }

    /// <summary>The next message up to the target, claimed; waits for one that a worker took before the advance began.</summary>
    private async Task<ClaimedMessage?> NextDue(IReadOnlyList<TenantId> tenants, DateTimeOffset target, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var tenant in tenants)
            {
                await subscriptions.CatchUp(tenant, cancellationToken);
            }

            if (await rows.FirstDue(tenants, target, cancellationToken) is not { } first)
            {
                return null;
            }

            if (await rows.Claim(first, cancellationToken) is { } claimed)
            {
                return claimed;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }
}
