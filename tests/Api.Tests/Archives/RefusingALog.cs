using System.Security.Cryptography;
using System.Text;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Archives;

public sealed class RefusingALog(ApiFixture api) : IAsyncLifetime
{
    private string[] lines = [];
    private TestUser owner = null!;
    private Session operators = null!;

    public async ValueTask InitializeAsync()
    {
        var business = await api.NewBusiness();
        await business.Sell();
        lines = (await business.Owner.Exported()).Lines();
        owner = business.User;
        operators = await api.NewOperator();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_log_that_is_not_as_it_was_exported_is_refused_with_the_line()
    {
        await Refused(With(3, line => line.Replace("\"version\":", "\"versiom\":", StringComparison.Ordinal)), 4, null, "damaged");
        await Refused(With(1, line => line.Replace("acme", "acne", StringComparison.Ordinal)), 2, null, "damaged");
        await Refused([.. lines[..2], .. lines[3..]], 3, "position", "gap");
        await Refused([.. lines[..3], .. lines[2..]], 4, "position", "gap");
        await Refused(lines[..4], 5, null, "truncated");
        await Refused(lines[..^1], lines.Length, null, "truncated");
        await Refused([.. lines[..^2], lines[^1]], lines.Length - 1, null, "damaged");
        await Refused([.. lines[1..]], 1, "position", "unknown_field");
        await Refused(With(lines.Length - 1, line => line.Replace("\"sha256\":\"", "\"sha256\":\"0", StringComparison.Ordinal)), lines.Length, "sha256", "checksum");
        await Refused([], 1, null, "truncated");
        await Refused([.. lines, "{}"], lines.Length + 1, null, "damaged");

        var cut = string.Join('\n', lines);
        (await operators.Import(Guid.NewGuid(), owner, cut[..^20]).Refused(400, "log_invalid")).Json.GetProperty("line").GetInt64().ShouldBe(lines.Length);
    }

    [Theory]
    [InlineData("\"type\":\"storefront.created.v1\"", "\"type\":\"storefront.sold.v1\"", "type", "unknown_type")]
    [InlineData("\"type\":\"storefront.created.v1\"", "\"type\":\"business.closed.v1\"", "type", "not_of_a_business")]
    [InlineData("\"version\":1", "\"version\":2", "version", "gap")]
    [InlineData("\"version\":1", "\"version\":\"1\"", "version", "invalid")]
    [InlineData("\"stream_id\":\"", "\"stream_id\":\"x", "stream_id", "invalid")]
    [InlineData("\"recorded_at\":\"20", "\"recorded_at\":\"19", "recorded_at", "out_of_order")]
    [InlineData("\"recorded_at\":\"20", "\"recorded_at\":\"29", "recorded_at", "out_of_order")]
    [InlineData("\"actor\": {", "\"aktor\": {", "metadata", "invalid")]
    [InlineData("\"settings\":", "\"settinks\":", "data.settings", "missing")]
    [InlineData("\"settings\":", "\"x\":\"\\u0000\",\"settings\":", "data", "invalid")]
    [InlineData("\"settings\":", "\"x\":1e999999,\"settings\":", "data", "invalid")]
    [InlineData("\"event_id\"", "\"extra\":1,\"event_id\"", "extra", "unknown_field")]
    public async Task A_log_that_was_made_otherwise_is_refused_with_line_and_field(string old, string changed, string field, string reason)
    {
        lines[2].ShouldContain(old);
        await Refused(Sealed(With(2, line => line.Replace(old, changed, StringComparison.Ordinal))), 3, field, reason);
    }

    [Fact]
    public async Task Ids_are_those_of_one_business()
    {
        var tenant = lines[0].Split("\"tenant_id\":\"")[1][..36];
        await Refused(Sealed(With(2, line => line.Replace($"\"business_id\": \"{tenant}\"", $"\"business_id\": \"{Guid.NewGuid()}\"", StringComparison.Ordinal))), 3, "data", "another_business");
        var first = lines[1].Split("\"event_id\":\"")[1][..36];
        var second = lines[2].Split("\"event_id\":\"")[1][..36];
        await Refused(Sealed(With(2, line => line.Replace(second, first, StringComparison.Ordinal))), 3, "event_id", "duplicate");
        await Refused(Sealed(With(0, line => line.Replace("\"format_version\":1", "\"format_version\":2", StringComparison.Ordinal))), 1, "format_version", "unknown_version");
    }

    [Fact]
    public async Task Who_may()
    {
        var business = await api.NewBusiness();
        await (await api.NewMember(business, Role.Manager)).Get("/business/log/export").Refused(403, "missing_permission");
        await business.Owner.Get($"/admin/businesses/{business.Id}/log/export").Refused(403, "missing_permission");
        await (await api.NewMember(TenantId.Platform, Role.PlatformSupport)).Get($"/admin/businesses/{business.Id}/log/export").Refused(403, "missing_permission");
        await business.Owner.Import(Guid.NewGuid(), business.User, "").Refused(403, "missing_permission");
        (await operators.Exported($"/admin/businesses/{business.Id}/log/export")).ShouldBe(await business.Owner.Exported());
        await operators.Get($"/admin/businesses/{Guid.NewGuid()}/log/export").Refused(404, "not_found");
        await operators.Get($"/admin/businesses/{TenantId.Platform}/log/export").Refused(404, "not_found");
        await business.Owner.Get("/business/log/export?after=3").Refused(410, "position_gone");
    }

    private async Task Refused(string[] log, long line, string? field, string reason)
    {
        var (id, database) = (Guid.NewGuid(), new WholeDatabase(api.Database));
        var problem = (await operators.Import(id, owner, string.Concat(log.Select(text => text + '\n'))).Refused(400, "log_invalid")).Json;
        (problem.GetProperty("line").GetInt64(), problem.GetProperty("field").GetString(), problem.Text("reason")).ShouldBe((line, field, reason), problem.Text("detail"));
        (await database.Number($"(select count(*) from tenants where tenant_id = '{id}') + (select count(*) from events where tenant_id = '{id}')")).ShouldBe(0);
    }

    private string[] With(int index, Func<string, string> change)
    {
        var changed = lines.ToArray();
        changed[index] = change(changed[index]);
        return changed;
    }

    /// <summary>With the checks of a log that is whole.</summary>
    private static string[] Sealed(string[] log)
    {
        for (var i = 0; i < log.Length - 1; i++)
        {
            var open = log[i][..log[i].LastIndexOf(",\"check\"", StringComparison.Ordinal)];
            log[i] = $"{open},\"check\":\"{Hash(open)[..8]}\"}}";
        }

        log[^1] = $"{{\"events\":{log.Length - 2},\"sha256\":\"{Hash(string.Concat(log[..^1].Select(line => line + '\n')))}\"}}";
        return log;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
