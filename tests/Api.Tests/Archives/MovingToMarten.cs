using System.Text.Json;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Api.Tests.Archives;

public sealed class MovingToMarten(ApiFixture api)
{
    /// <summary>As Marten makes them with conjoined tenancy, streams known by UUIDs, and all metadata kept.</summary>
    private const string Schema = """
        create table mt_streams (
          id uuid not null, tenant_id varchar not null default '*DEFAULT*', type varchar, version bigint, timestamp timestamptz not null default now(),
          snapshot jsonb, snapshot_version integer, created timestamptz not null default now(), is_archived bool default false,
          constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id));
        create table mt_events (
          seq_id bigint not null, id uuid not null, stream_id uuid, version bigint not null, data jsonb not null, type varchar(500) not null,
          timestamp timestamptz not null default now(), tenant_id varchar default '*DEFAULT*', mt_dotnet_type varchar, correlation_id varchar, causation_id varchar,
          headers jsonb, is_archived bool default false,
          constraint pkey_mt_events_seq_id primary key (seq_id));
        alter table mt_events add constraint fkey_mt_events_stream_id_tenant_id foreign key (stream_id, tenant_id) references mt_streams (id, tenant_id);
        create unique index pk_mt_events_stream_and_version on mt_events (stream_id, tenant_id, version);
        create unique index pk_mt_events_id_unique on mt_events (id);
        create sequence mt_events_sequence;
        alter sequence mt_events_sequence owned by mt_events.seq_id;
        """;

    [Fact]
    public async Task A_log_goes_into_a_schema_of_Marten_and_comes_back()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var marten = NpgsqlDataSource.Create(database.ConnectionString);
        await Run(marten, Schema + "select setval('mt_events_sequence', 41);");
        var (busy, other) = (await api.NewBusyBusiness(), await api.NewBusiness("other"));
        await other.Sell("O'Neil's \\ \"lamp\"");
        var log = await busy.Business.Owner.Exported();
        await Run(marten, await other.Owner.Exported("/business/log/export?format=marten"));
        await Run(marten, await busy.Business.Owner.Exported("/business/log/export?format=marten"));

        (await Texts(marten, $"select type || ' ' || version from mt_streams where id = '{busy.Delivered.Id}'")).ShouldHaveSingleItem().ShouldStartWith("order ");
        (await Texts(marten, $"select type from mt_events where stream_id = '{busy.Delivered.Id}' and version = 1")).ShouldBe(["order_placed"]);
        (await Texts(marten, $"select count(*)::text from mt_events where tenant_id = '{busy.Business.Id}' and seq_id > 41")).ShouldBe([$"{log.Events().Length}"]);
        (await Texts(marten, """
            select s.id::text from mt_streams s join mt_events e on e.stream_id = s.id and e.tenant_id = s.tenant_id group by s.id, s.version having s.version <> max(e.version)
            """)).ShouldBeEmpty();

        var rows = await Texts(marten, $"select row_to_json(e)::text from mt_events e where tenant_id = '{busy.Business.Id}' order by seq_id");
        var (id, owner) = (Guid.NewGuid(), await api.NewUser("heir"));
        var imported = await Import(await api.NewOperator(), id, owner, rows, rows.Count).Returns(201);
        var heir = await MovingABusiness.Waiting(api, owner, id, imported);
        (await heir.Shown("/business/dashboard")).ShouldBe(await busy.Business.Owner.Shown("/business/dashboard"));
        (await heir.Shown("/business/orders")).ShouldBe(await busy.Business.Owner.Shown("/business/orders"));
        (await heir.Exported()).Events().ShouldBe(busy.Renamed(log.Events(), id));
    }

    [Fact]
    public async Task Increments_go_into_the_same_streams()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var marten = NpgsqlDataSource.Create(database.ConnectionString);
        await Run(marten, Schema);
        var business = await api.NewBusiness();
        await Run(marten, await business.Owner.Exported("/business/log/export?format=marten"));
        await business.Owner.Patch("/business/settings", new { acceptance_minutes = 7 }).Returns(204);
        await Run(marten, await business.Owner.Exported("/business/log/export?format=marten&after=2"));
        (await Texts(marten, "select version::text from mt_streams order by version desc")).ShouldBe(["2", "1"]);
        (await Texts(marten, "select type from mt_events order by seq_id")).ShouldBe(["business_profile_created", "storefront_created", "business_settings_changed"]);
    }

    [Fact]
    public async Task Rows_of_another_application_are_refused_with_their_line()
    {
        var (operators, owner) = (await api.NewOperator(), await api.Founder());
        var row = JsonSerializer.Serialize(new
        {
            seq_id = 7,
            id = Guid.NewGuid(),
            stream_id = Guid.NewGuid(),
            version = 1,
            data = new { Name = "Quest" },
            type = "quest_started",
            timestamp = "2026-03-02T09:00:00+00:00",
            tenant_id = Guid.NewGuid(),
            mt_dotnet_type = "Quests.QuestStarted, Quests",
            is_archived = false,
        });
        await Refused([row], 1, 1, "type", "unknown_type");
        await Refused([row.Replace("quest_started", "order_canceled", StringComparison.Ordinal)], 1, 1, "data.order_id", "missing");
        await Refused([], 3, 1, null, "truncated");
        await Refused(["{\"seq_id\":1}"], 1, 1, "tenant_id", "missing");
        (await operators.Post($"/admin/businesses/{Guid.NewGuid()}/log/import?subdomain=x&owner_id={owner.Id}&format=marten", ArchiveStarters.Ndjson(row)).Returns(400))
            .Faults.ShouldBe(["events invalid_parameter"]);

        async Task Refused(string[] rows, int events, long line, string? field, string reason)
        {
            var problem = (await Import(operators, Guid.NewGuid(), owner, rows, events).Refused(400, "log_invalid")).Json;
            (problem.GetProperty("line").GetInt64(), problem.GetProperty("field").GetString(), problem.GetProperty("reason").GetString()).ShouldBe((line, field, reason));
        }
    }

    private static ApiRequest Import(Session operators, Guid id, TestUser owner, IEnumerable<string> rows, int events) => operators.Post(
        $"/admin/businesses/{id}/log/import?subdomain={Starters.NewSubdomain("marten")}&owner_id={owner.Id}&format=marten&events={events}",
        ArchiveStarters.Ndjson(string.Concat(rows.Select(row => row + '\n'))));

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> Texts(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var texts = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
