using System.Net;
using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Http;

public sealed partial class ReadingMetrics(ApiFixture api)
{
    [Fact]
    public async Task Operators_read_requests_lag_queues_the_lane_and_sizes_as_one_page()
    {
        var acme = await api.NewBusiness("acme");
        await api.Buy(acme, await acme.Sell());
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);

        var page = await admin.Get("/admin/metrics").Until(answer => answer.Text.Contains("mainstreet_tenant_events{", StringComparison.Ordinal));

        page.Header("Content-Type").ShouldStartWith("text/plain; version=0.0.4");
        var lines = page.Text.TrimEnd('\n').Split('\n');
        lines.Where(line => !Line().IsMatch(line)).ShouldBeEmpty();
        foreach (var sample in (string[])
        [
            "http_server_request_duration_seconds_bucket{http_request_method=\"POST\",http_response_status_code=\"201\",http_route=\"/api/v1/business/products/\"",
            "mainstreet_lane_wait_seconds_count", "mainstreet_commits_total", "mainstreet_events_total",
            "mainstreet_subscription_lag_seconds{subscription=\"orders_v6\"}", "mainstreet_subscription_backlog{subscription=\"webhooks\"}",
            "mainstreet_queue_due{queue=\"payments\"}", "mainstreet_queue_dead_letters{queue=\"default\"}", "mainstreet_storage_size_bytes{table=\"events\"}",
            "db_client_connection_count", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
        ])
        {
            lines.ShouldContain(line => line.StartsWith(sample, StringComparison.Ordinal), sample);
        }
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        await api.Guest.Get("/admin/metrics").Refused(401, "unauthenticated");
        await (await api.NewBusiness("acme")).Owner.Get("/admin/metrics").Refused(403, "missing_permission");
        (await api.Guest.Get("~/metrics").Returns(404)).Text.ShouldNotContain("mainstreet_");
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z0-9_]+ .*|[a-z0-9_]+(\{[a-z0-9_]+="([^"\\]|\\.)*"(,[a-z0-9_]+="([^"\\]|\\.)*")*\})? -?([0-9.E+-]+|Infinity|NaN))$""")]
    private static partial Regex Line();
}
