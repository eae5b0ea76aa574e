using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>Every cell of the table in docs/lifecycle.md, in a business that is in that state (TEN-22).</summary>
public sealed class StatesOfABusiness(ApiFixture api, BusinessesInEachState businesses) : IClassFixture<BusinessesInEachState>
{
    private const string Yes = "yes";

    public static TheoryData<string, BusinessStatus, string> Cells()
    {
        var cells = new TheoryData<string, BusinessStatus, string>();
        string[][] lines = [.. File.ReadLines(Repository.PathOf("docs", "lifecycle.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
        foreach (var line in lines[1..])
        {
            foreach (var (column, cell) in line.Index().Skip(1).Where(cell => cell.Item != "-"))
            {
                cells.Add(line[0], Enum.Parse<BusinessStatus>(lines[0][column], ignoreCase: true), cell);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task It_is_as_the_table_says(string what, BusinessStatus state, string expected)
    {
        var there = await businesses.In(state, api);
        (await Outcome(what, there)).ShouldBe(expected);
    }

    private async Task<string> Outcome(string what, Standing there)
    {
        var (owner, shop) = (there.Business.Owner, there.Business);
        return what switch
        {
            "guests look at the storefront" => await Said(api.Guest.Get($"/storefronts/{shop.Subdomain}"), api.Guest.Get($"/storefronts/{shop.Subdomain}/products")),
            "guests order" => await Said(api.Checkout(shop, new Basket(new BasketLine(there.Variant ?? Guid.NewGuid())))),
            "guests follow their order" => await Said(api.Guest.Get(there.Pending!.GuestPath()), api.Guest.Get(there.Pending.GuestPath("/tracking"))),
            "guests cancel their order" => await Said(api.Guest.Post(there.Unwanted!.GuestPath("/cancel"))),
            "customers register" => await Said(api.Guest.Post(
                $"/storefronts/{shop.Subdomain}/auth/register", new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Carla" })),
            "customers ask for another password" => await Said(api.Guest.Post($"/storefronts/{shop.Subdomain}/auth/forgot-password", new { email = Starters.NewEmail() })),
            "members come in" => await Said(shop.User.Session.Post("/auth/switch-business", new { business_id = shop.Id })),
            "members read" => await Said(owner.Get("/business/products"), owner.Get("/events"), owner.Get("/business/team"), owner.Get("/scheduled-messages")),
            "members export the log" => await Said(owner.Get("/business/log/export")),
            "members change something" => await Said(owner.Post("/business/categories", new { name = $"Shelf {Guid.NewGuid():N}" })),
            "members change the team" => await Said(owner.Post("/business/roles", new { name = $"Role {Guid.NewGuid():N}", permissions = new[] { "orders:read" } })),
            "members move orders on" => await Said(owner.Post($"{there.Pending!.Path}/confirm")),
            "drivers deliver" => await Said(there.Driver!.Session.Patch($"/driver/deliveries/{there.Delivery}/status", new { status = "to_business" })),
            "members erase a customer" => await Said(owner.Post($"/business/customers/{there.Customer}/erase", new { reason = "requested" })),
            "customers have themselves erased" => await Said(there.Leaving!.Session.Delete("/customers/me", new { password = there.Leaving.Password })),
            "operators erase a customer" => await Said((await businesses.Operator(api)).Post($"/admin/businesses/{shop.Id}/customers/{there.Customer}/erase", new { reason = "requested" })),
            "operators read" => await Said((await businesses.Operator(api)).Get($"/admin/businesses/{shop.Id}")),
            "a test clock is moved" => await Said(owner.Post($"/test-clocks/{shop.TestClockId}/advance", new { by = "PT1S" })),
            "scheduled messages run" => await Ran(shop, "default", "order.close", "order_id"),
            "messages for deliveries under way run" => await Ran(shop, "default", "delivery.cancel", "order_id"),
            "mail is sent" => await Ran(shop, "notifications", "invitation.send", "invitation_id"),
            "webhooks are delivered" => await Ran(shop, "webhooks", "webhook.deliver", "endpoint_id"),
            "views and policies follow the log" => await Followed(shop),
            "views are rebuilt" => await Rebuilt(shop),
            _ => $"nobody knows how to find out whether {what}",
        };
    }

    /// <summary>The same of all requests.</summary>
    private static async Task<string> Said(params ApiRequest[] requests)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            var answer = await request.Send();
            said.Add(answer.Status < 400 ? Yes : answer.Json.GetProperty("code").GetString()!);
        }

        return string.Join(", ", said);
    }

    /// <summary>Looks what became of a message that is due. It is about nothing that there is: to run is all that it does.</summary>
    private async Task<string> Ran(TestBusiness business, string queue, string type, string subject)
    {
        var id = Guid.NewGuid();
        await api.Change($$"""
            insert into messages (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at)
            select t.tenant_id, '{{id}}', '{{queue}}', '{{type}}', jsonb_build_object('{{subject}}', '{{id}}'),
                   '{"actor": {"type": "system"}, "command": "Test", "command_id": "{{id}}", "correlation_id": "{{id}}", "causation_id": "{{id}}"}',
                   c.frozen_at, clock_timestamp()
              from tenants t join test_clocks c on c.tenant_id = t.tenant_id where t.tenant_id = '{{business.Id}}'
            """);
        var database = new WholeDatabase(api.Database);
        while (true)
        {
            // gone because it ran, or claimed once and put back
            if (await database.Texts($"""
                select case when visible_at > clock_timestamp() + interval '1 year' then 'never' else 'waits' end from messages
                 where message_id = '{id}' and attempt > 0 and failures = 0 and leased_until is null and visible_at > clock_timestamp()
                union all select 'yes' where not exists (select from messages where message_id = '{id}')
                """) is [var outcome])
            {
                return outcome;
            }
        }
    }

    /// <summary>Whether a view comes to show what is recorded, whoever may do that in this state.</summary>
    private async Task<string> Followed(TestBusiness business)
    {
        var id = new CategoryId(Guid.NewGuid());
        await api.In(new TenantId(business.Id), async services =>
        {
            services.GetRequiredService<RequestContext>().Purpose = Purpose.Erase;
            return await services.GetRequiredService<IAggregates>().Create<Category, CategoryEvent>(
                id.Value, () => Category.Create(id, null, "Shelf", $"shelf-{id.Value:N}", 0, CategoryTree.Empty, services.GetRequiredService<TimeProvider>().GetUtcNow()), TestContext.Current.CancellationToken);
        });
        await new WholeDatabase(api.Database).Until($"""
            select count(*) from checkpoints c where c.tenant_id = '{business.Id}'
               and c.position < (select max(e.position) from events e where e.tenant_id = c.tenant_id)
            """, 0);
        return Yes;
    }

    private async Task<string> Rebuilt(TestBusiness business)
    {
        var admin = await businesses.Operator(api);
        var rebuild = (await admin.Post("/admin/projections/categories/rebuilds", new { tenant_id = business.Id }).Returns(201)).Id;
        await admin.Get($"/admin/projections/categories/rebuilds/{rebuild}").Until(answer => answer.Json.GetProperty("status").GetString() == "switched");
        return Yes;
    }
}
