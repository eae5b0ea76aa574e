using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>A business with orders in the making, in one of its states. What is null is not there in a business that has not begun.</summary>
/// <param name="Unwanted">An order that its guest may cancel.</param>
/// <param name="Leaving">Somebody with an account.</param>
internal sealed record Standing(
    TestBusiness Business, Guid? Variant = null, TestOrder? Pending = null, TestOrder? Unwanted = null, TestDriver? Driver = null, Guid Delivery = default,
    Guid Customer = default, TestCustomer? Leaving = null);

/// <summary>One test business in each state, made when somebody asks for it.</summary>
public sealed class BusinessesInEachState
{
    private readonly Dictionary<BusinessStatus, Standing> made = [];
    private Session? admin;

    public async Task<Session> Operator(ApiFixture api) => admin ??= await api.NewOperator();

    internal async Task<Standing> In(BusinessStatus state, ApiFixture api)
    {
        if (!made.TryGetValue(state, out var there))
        {
            made[state] = there = state is BusinessStatus.Provisioning ? new(await Provisioning(api)) : await Begun(api);
            await Bring(there.Business, state, await Operator(api));
        }

        return there;
    }

    /// <summary>As an import leaves a business that has not come to its end.</summary>
    private static async Task<TestBusiness> Provisioning(ApiFixture api)
    {
        var owner = await api.NewUser("owner");
        var (id, clock, subdomain) = (new TenantId(Guid.NewGuid()), Guid.NewGuid(), Starters.NewSubdomain("new"));
        var registration = new BusinessRegistration(
            id, "New", subdomain, "EUR", "Europe/Berlin", new(owner.Id), BusinessMode.Test, clock, ImportedFrom: new TenantId(Guid.NewGuid()));
        await api.In(TenantId.Platform, services => services.GetRequiredService<IAggregates>().Create<Business, BusinessEvent>(
            id.Value, () => Business.Register(registration, services.GetRequiredService<TimeProvider>().GetUtcNow()), TestContext.Current.CancellationToken));
        var business = new TestBusiness(id.Value, subdomain, owner, owner.Session, clock);
        await api.Grant(owner, business, Role.Owner);
        return business with { Owner = await (await api.Switch(owner, id.Value)).SteppedUp() };
    }

    private static async Task<Standing> Begun(ApiFixture api)
    {
        var shop = await api.NewBusiness("standing", mode: "test", owner: await api.NewUser("standing"));
        await shop.Owner.SteppedUp();
        var order = await api.NewOrder(shop);
        var driver = await api.NewDriver(shop);
        var delivery = await api.Assign(shop, order, driver);
        var done = await api.Buy(shop, new Basket(new BasketLine(order.Variant)) { Contact = new("Gone", Starters.NewEmail("gone"), "+49 30 654321") });
        await shop.Owner.Post($"{done.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var leaving = await api.NewCustomer(shop);
        await leaving.Verify();
        return new(shop, order.Variant, await api.Buy(shop, order.Variant), await api.Buy(shop, order.Variant), driver, delivery, await shop.CustomerOf(done), leaving);
    }

    private static async Task Bring(TestBusiness business, BusinessStatus state, Session admin)
    {
        var path = $"/admin/businesses/{business.Id}";
        switch (state)
        {
            case BusinessStatus.Suspended:
                await admin.Post($"{path}/suspend", new { reason = "billing" }).Returns(204);
                break;
            case BusinessStatus.Closing:
                await business.Owner.Post("/business/close").Returns(204);
                break;
            case BusinessStatus.Closed:
                await business.Owner.Post("/business/close").Returns(204);
                await business.Advance("P30D");
                break;
        }

        (await admin.Get(path).Returns(200)).Json.Text("status").ShouldBe(state.ToString().ToLowerInvariant());
    }
}
