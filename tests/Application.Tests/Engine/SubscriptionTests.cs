using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

public class SubscriptionTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string SelectArrivals = "select day, items, quantity from rm.test_arrivals";
    private const string SelectTotal = "select min(day) as day, sum(items)::int as items, sum(quantity) as quantity from rm.test_arrivals";
    private const string SelectCounts = "select id, events from rm.test_item_count order by id";

    [Fact]
    public async Task A_read_that_names_a_position_sees_everything_up_to_it()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        for (var i = 1; i <= 20; i++)
        {
            var written = await engine.Send(tenant, new Receive(variant, i));
            (await engine.Read<Arrivals>(tenant, SelectTotal, written.Position)).ShouldBe([new(DateOnly.FromDateTime(EngineHost.Day.UtcDateTime), 1, i * (i + 1) / 2)]);
        }
    }

    [Fact]
    public async Task An_inline_view_is_there_with_the_commit_and_its_subscription_doubles_nothing()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var written = await engine.Send(tenant, new Receive(variant, 2));

        (await engine.Read<ItemCount>(tenant, SelectCounts, 0)).ShouldBe([new(new(variant), 2)]);
        (await engine.Read<ItemCount>(tenant, SelectCounts, written.Position)).ShouldBe([new(new(variant), 2)]);
    }

    [Fact]
    public async Task Another_tenants_rows_are_not_seen()
    {
        var (ours, theirs) = (await engine.NewTenant(), await engine.NewTenant());
        await engine.OpenItem(theirs);
        (await engine.Read<ItemCount>(ours, SelectCounts, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_cannot_be_folded_parks_its_projection_of_its_tenant_and_nothing_else()
    {
        var (unlucky, lucky) = (await engine.NewTenant(), await engine.NewTenant());
        var (variant, other) = (await engine.OpenItem(unlucky), await engine.OpenItem(lucky));
        await engine.Send(unlucky, new Receive(variant, 1));
        await engine.Send(unlucky, new Receive(variant, 13));
        var last = await engine.Send(unlucky, new Receive(variant, 2));
        var elsewhere = await engine.Send(lucky, new Receive(other, 5));

        (await engine.Read<ItemCount>(unlucky, SelectCounts, last.Position)).ShouldBe([new(new(variant), 4)]);
        (await engine.Read<ItemCount>(lucky, "select id, events from rm.test_superstitious", elsewhere.Position)).ShouldBe([new(new(other), 1)]);
        (await engine.Read<ItemCount>(unlucky, "select id, events from rm.test_superstitious", 0)).ShouldBe([new(new(variant), 1)]);
        var lagging = await Should.ThrowAsync<UnavailableException>(() =>
            engine.Read<ItemCount>(unlucky, "select id, events from rm.test_superstitious", last.Position, wait: TimeSpan.Zero));
        lagging.Code.ShouldBe("projection_lagging");
        var parked = await engine.Rows(
            "select subscription, position, parked_error from checkpoints where tenant_id = $1 and parked_at is not null",
            row => (row.GetString(0), row.GetInt64(1), row.GetString(2).Contains("thirteen", StringComparison.Ordinal)), unlucky.Value);
        parked.ShouldBe([("test_superstitious_v1", last.Position - 2, true)]);
    }

    [Fact]
    public async Task A_parked_event_is_tried_again_or_left_out_and_what_was_decided_stays_readable()
    {
        const string Superstitious = "select id, events from rm.test_superstitious";
        const string Name = "test_superstitious";
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var scope = new ProjectionScope(tenant);
        await engine.Send(tenant, new Receive(variant, 1));
        await engine.Send(tenant, new Receive(variant, 13));
        var last = await engine.Send(tenant, new Receive(variant, 2));
        await engine.Services.GetRequiredService<SubscriptionRunner>().CatchUp(tenant, CancellationToken.None);

        var parked = (await engine.Send(tenant, new ListParkedEvents(Name, scope, ParkedState.Parked, new()))).Data.ShouldHaveSingleItem();
        (parked.TenantId, parked.Position, parked.PublicType, parked.Error.Contains("thirteen", StringComparison.Ordinal))
            .ShouldBe((tenant.Value, last.Position - 1, "stock.received", true));

        await engine.Send(tenant, new RetryParkedEvent(Name, parked.EventId, scope));
        await engine.Services.GetRequiredService<SubscriptionRunner>().CatchUp(tenant, CancellationToken.None);
        var again = (await engine.Send(tenant, new ListParkedEvents(Name, scope, ParkedState.Parked, new()))).Data.ShouldHaveSingleItem();
        (again.EventId, again.ParkedAt > parked.ParkedAt).ShouldBe((parked.EventId, true));

        await engine.Send(tenant, new SkipParkedEvent(Name, parked.EventId, scope, "superstition"));
        (await engine.Read<ItemCount>(tenant, Superstitious, last.Position)).ShouldBe([new(new(variant), 2)]);
        (await engine.Send(tenant, new ListParkedEvents(Name, scope, ParkedState.Parked, new()))).Data.ShouldBeEmpty();
        var skipped = (await engine.Send(tenant, new ListParkedEvents(Name, scope, ParkedState.Skipped, new()))).Data.ShouldHaveSingleItem();
        (skipped.EventId, skipped.Reason, skipped.DecidedBy).ShouldBe((parked.EventId, "superstition", Guid.Empty));
        await engine.Send(tenant, new SkipParkedEvent(Name, parked.EventId, scope, "twice"));
        var late = await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new RetryParkedEvent(Name, parked.EventId, scope)));
        late.Error.Code.ShouldBe("event_not_parked");
        (await engine.Read<ItemCount>(tenant, Superstitious, last.Position)).ShouldBe([new(new(variant), 2)]);
    }

    [Fact]
    public async Task One_that_is_far_behind_keeps_no_other_of_its_tenant_waiting_and_gets_there()
    {
        const int Events = 20_000;
        const string Superstitious = "select id, events from rm.test_superstitious order by events";
        var tenant = await engine.NewTenant();
        var (many, variant) = (await engine.OpenItem(tenant), await engine.OpenItem(tenant));
        var first = await engine.Send(tenant, new Receive(many, 1));
        await engine.Rows(
            """
            insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
            select tenant_id, stream_id, version + 1 + n, $2 + n, gen_random_uuid(), type, data, metadata, recorded_at
              from events, generate_series(1, $3) n where tenant_id = $1 and type = 'stock.received.v1'
            """, _ => 0, tenant.Value, first.Position, Events);
        await engine.Services.GetRequiredService<SubscriptionRunner>().CatchUp(tenant, CancellationToken.None);
        await engine.Rows("delete from rm.test_superstitious_v1 where tenant_id = $1", _ => 0, tenant.Value);
        await engine.Rows(
            "update tenant_checkpoints set positions[(select slot from subscriptions where name = 'test_superstitious_v1')] = 0 where tenant_id = $1", _ => 0, tenant.Value);

        var last = await engine.Send(tenant, new Receive(variant, 1));
        (await engine.Read<Arrivals>(tenant, SelectTotal, last.Position)).Single().Quantity.ShouldBe(Events + 2);
        (await engine.Rows("select position from checkpoints where tenant_id = $1 and subscription = 'test_superstitious_v1'", row => row.GetInt64(0), tenant.Value))
            .Single().ShouldBeLessThan(last.Position);

        (await engine.Read<ItemCount>(tenant, Superstitious, last.Position)).ShouldBe([new(new(variant), 1), new(new(many), Events + 1)]);
    }

    [Fact]
    public async Task Tenants_that_are_held_up_hold_up_nobody_else()
    {
        var (other, held) = (await engine.NewTenant(), new List<(TenantId Tenant, Guid Variant)>());
        var elsewhere = await engine.OpenItem(other);
        for (var i = 0; i < 3; i++) // more than there are workers
        {
            var tenant = await engine.NewTenant();
            held.Add((tenant, await engine.OpenItem(tenant)));
            await engine.Services.GetRequiredService<SubscriptionRunner>().CatchUp(tenant, CancellationToken.None);
        }

        await using var connection = new NpgsqlConnection(engine.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("select from tenant_checkpoints where tenant_id = any ($1) for update", connection, transaction) { Parameters = { new() { Value = held.Select(one => one.Tenant.Value).ToArray() } } };
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var last = new Dictionary<TenantId, Committed>();
        for (var i = 1; i <= 10; i++)
        {
            foreach (var (tenant, variant) in held)
            {
                last[tenant] = await engine.Send(tenant, new Receive(variant, 1));
            }

            var written = await engine.Send(other, new Receive(elsewhere, 1));
            (await engine.Read<Arrivals>(other, SelectTotal, written.Position)).Single().Quantity.ShouldBe(i);
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        foreach (var (tenant, written) in last)
        {
            (await engine.Read<Arrivals>(tenant, SelectTotal, written.Position)).Single().Quantity.ShouldBe(10);
        }
    }

    [Fact]
    public async Task Two_processes_on_one_database_fold_every_event_once()
    {
        const int Commits = 40;
        var twin = await engine.Twin();
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var pumps = new[] { engine.Services, twin }.Select(services => services.GetRequiredService<SubscriptionRunner>()).ToArray();
        var last = new Committed(0);
        for (var i = 0; i < Commits; i++)
        {
            last = await engine.Send(tenant, new Receive(variant, 1));
            await Task.WhenAll(pumps.Select(pump => Task.Run(async () =>
            {
                try
                {
                    await pump.CatchUp(tenant, CancellationToken.None);
                }
                catch (PostgresException e) when (e.SqlState == "MS409")
                {
                    // the other process was first: the fence held
                }
            })));
        }

        var arrivals = await engine.Read<Arrivals>(tenant, SelectArrivals, last.Position);
        arrivals.Sum(day => day.Quantity).ShouldBe(Commits);
    }

    [Fact]
    public async Task Subscriptions_that_are_known_cost_no_number_when_processes_start()
    {
        const string Last = "select last_value::int from pg_sequences where sequencename = 'subscriptions_slot_seq'";
        var before = await engine.Rows(Last, row => row.GetInt32(0));
        await engine.Twin();
        (await engine.Rows(Last, row => row.GetInt32(0))).ShouldBe(before);
        (await engine.Rows("select max(slot)::int from subscriptions", row => row.GetInt32(0))).ShouldBe(before);
    }
}
