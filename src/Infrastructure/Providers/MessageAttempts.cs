using Mainstreet.Application;
using Mainstreet.Infrastructure.Reads;
using Npgsql;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Notes before a message is handed over that it is: who finds such a note knows that an earlier attempt was killed or heard no answer, and does not send the
/// message a second time. It stays for thirty days, longer than any message is tried.
/// </summary>
internal sealed class MessageAttempts(NpgsqlDataSource database, ITenantContext context)
{
    /// <returns>Whether this is the first one.</returns>
    public async Task<bool> Begin(string key, CancellationToken cancellationToken) => await database.Rows<string>(
        context.Tenant, "insert into notification_attempts (tenant_id, key) values (@tenant, @key) on conflict do nothing returning key", new { context.Tenant, key },
        cancellationToken) is not [];

    /// <summary>The provider has not taken it.</summary>
    public Task Forget(string key) => database.Rows<string>(
        context.Tenant, "delete from notification_attempts where tenant_id = @tenant and key = @key returning key", new { context.Tenant, key }, CancellationToken.None);
}
