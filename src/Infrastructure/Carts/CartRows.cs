using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Carts;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Orders;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Carts;

/// <inheritdoc />
internal sealed class CartRows(NpgsqlDataSource database, RequestContext context, TimeProvider clock) : ICarts
{
    private const string Select = "select cart_id, account_id, content, version, expires_at from carts where tenant_id = @tenant and expires_at > @now";

    public async Task<Cart?> Find(CartId id, CancellationToken cancellationToken) =>
        Cart(await database.Rows<Row>(context.Tenant, $"{Select} and cart_id = @id", new { context.Tenant, Now = clock.GetUtcNow(), id }, cancellationToken));

    public async Task<Cart?> OfAccount(AccountId account, CancellationToken cancellationToken) =>
        Cart(await database.Rows<Row>(context.Tenant, $"{Select} and account_id = @account", new { context.Tenant, Now = clock.GetUtcNow(), account }, cancellationToken));

    /// <remarks>
    /// The commit that closes an account ends its sessions, then deletes its carts: it waits for whoever holds one of the sessions here, and whoever
    /// comes later waits for it and finds none. So no cart outlives it.
    /// </remarks>
    public async Task<bool> Add(Cart cart, CancellationToken cancellationToken) => await database.Rows<Guid>(
        context.Tenant,
        """
        with expired as (delete from carts where tenant_id = @tenant and account_id = @account_id and expires_at <= @now),
        signed_in as (select session_id from sessions where tenant_id = @tenant and account_id = @account_id and ended_at is null limit 1 for share)
        insert into carts (tenant_id, cart_id, account_id, content, version, expires_at)
        select @tenant, @id, @account_id, @content::jsonb, @version, @expires_at where @account_id::uuid is null or exists (select from signed_in)
        on conflict do nothing returning cart_id
        """,
        new { context.Tenant, cart.Id, cart.AccountId, Content = Content(cart), cart.Version, cart.ExpiresAt, Now = clock.GetUtcNow() }, cancellationToken) is [_];

    public async Task<bool> Save(IReadOnlyList<Cart> carts, CancellationToken cancellationToken) => (await database.Rows<Guid>(
        context.Tenant,
        """
        with wanted as (
          select * from unnest(@ids, @accounts, @contents, @versions, @ends) as w (cart_id, account_id, content, version, expires_at)),
        held as (
          select c.cart_id from carts c join wanted w on w.cart_id = c.cart_id and w.version = c.version + 1
           where c.tenant_id = @tenant order by c.cart_id for update of c)
        update carts c set account_id = w.account_id, content = w.content::jsonb, version = w.version, expires_at = w.expires_at, updated_at = clock_timestamp()
          from wanted w
         where c.tenant_id = @tenant and c.cart_id = w.cart_id and (select count(*) from held) = cardinality(@ids) returning c.cart_id
        """,
        new
        {
            context.Tenant,
            Ids = carts.Select(cart => cart.Id.Value).ToArray(),
            Accounts = carts.Select(cart => cart.AccountId?.Value).ToArray(),
            Contents = carts.Select(Content).ToArray(),
            Versions = carts.Select(cart => cart.Version).ToArray(),
            Ends = carts.Select(cart => cart.ExpiresAt).ToArray(),
        },
        cancellationToken)).Count > 0;

    public Task Remove(CartId id, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant, "delete from carts where tenant_id = @tenant and cart_id = @id returning cart_id", new { context.Tenant, id }, cancellationToken);

    private static string Content(Cart cart) =>
        JsonSerializer.Serialize(new CartContent(cart.Items, cart.DeliveryType, cart.CouponCode, cart.MergedInto, cart.LastReorder), StoredJson.Options);

    private static Cart? Cart(IReadOnlyList<Row> rows) => rows is [var row]
        ? new(
            row.CartId, row.AccountId, row.Content.Items, row.Content.DeliveryType, row.Content.CouponCode, row.Content.MergedInto, row.Version, row.ExpiresAt,
            row.Content.LastReorder)
        : null;

    private sealed record Row(CartId CartId, AccountId? AccountId, CartContent Content, int Version, DateTimeOffset ExpiresAt);

    /// <summary>Members that came later are null in rows from before.</summary>
    private sealed record CartContent(CartItem[] Items, DeliveryType DeliveryType, string? CouponCode, CartId? MergedInto, CartReorder? LastReorder = null);
}
