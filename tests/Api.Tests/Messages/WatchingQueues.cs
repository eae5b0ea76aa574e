using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Messages;

/// <summary>A product of its own, because queues are counted over all businesses.</summary>
public sealed class WatchingQueues(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Operators_see_what_waits_what_runs_what_is_dead_and_the_limits()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        await api.NewDeadLetter(acme);
        await new WholeDatabase(api.Database).Texts($"""
            insert into messages (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at, leased_until)
            select '{acme.Id}', gen_random_uuid(), 'gbp.operations', 'test.nothing', '{"{}"}', '{"{}"}', now(), 'infinity', lease
              from unnest(array[null, null, now() + interval '1 hour']) as l (lease)
            """);
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);

        var profiles = await Queue(admin, "gbp.operations");
        (Number(profiles, "waiting"), Number(profiles, "running"), Number(profiles, "due"), Number(profiles, "oldest_age_ms"), Number(profiles, "dead")).ShouldBe((2, 1, 0, 0, 0));
        Number(await Queue(admin, "default"), "dead").ShouldBe(1);
        var limits = (await Queue(admin, "webhooks")).GetProperty("limits");
        (Number(limits, "parallel"), Number(limits, "per_tenant")).ShouldBe((32, 8));
        await acme.Owner.Get("/admin/queues").Refused(403, "missing_permission");
    }

    private static async Task<JsonElement> Queue(Session admin, string name) =>
        (await admin.Get("/admin/queues").Returns(200)).Data.Single(queue => queue.GetProperty("name").GetString() == name);

    private static long Number(JsonElement queue, string name) => queue.GetProperty(name).GetInt64();
}
