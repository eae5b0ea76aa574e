using Npgsql;

namespace Mainstreet.Api.Tests.Messages;

internal static class MessageStarters
{
    /// <summary>
    /// A dead letter of a test business: it closes an order that there is not, and was put into the queue by hand, for nothing in the
    /// product sends that.
    /// </summary>
    public static async Task<Guid> NewDeadLetter(this ApiFixture api, TestBusiness business, Guid? order = null)
    {
        var id = Guid.NewGuid();
        await using var source = NpgsqlDataSource.Create(api.Database);
        await using var insert = source.CreateCommand("""
            insert into messages (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at)
            select tenant_id, $2, 'default', 'order.close', jsonb_build_object('order_id', $3),
                   jsonb_build_object('actor', '{"type": "system"}'::jsonb, 'command', 'Test', 'command_id', $2, 'correlation_id', $2, 'causation_id', $2),
                   frozen_at, 'infinity'
              from test_clocks where tenant_id = $1
            """);
        insert.Parameters.Add(new() { Value = business.Id });
        insert.Parameters.Add(new() { Value = id });
        insert.Parameters.Add(new() { Value = order ?? Guid.NewGuid() });
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await business.Advance("PT1S")).Json.GetProperty("executed").EnumerateArray()
            .ShouldContain(message => message.GetProperty("message_id").GetGuid() == id && message.GetProperty("outcome").GetString() == "dead_lettered");
        return id;
    }
}
