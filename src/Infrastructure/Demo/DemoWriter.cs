using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Drivers;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Storefronts;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>
/// Brings the demo into the database by the commands that everybody else uses. Every id follows from the demo and the orders are
/// placed one after the other, so the newest one there is says how far an earlier start came: a shop goes on behind it, and
/// one with its last order is left alone, whatever has been done with it since.
/// </summary>
internal sealed class DemoWriter(IServiceScopeFactory scopes)
{
    public const string Email = "demo@mainstreet.example";

    public const string Password = "mainstreet-demo";

    /// <summary>The owner's, for sensitive steps.</summary>
    public const string Pin = "471208";

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples", "catalog");

    private static readonly UserId Owner = new(Uuid.Named("demo owner"));

    /// <summary>Who signs in and what the storefronts offer. Nothing is touched of a shop that has orders.</summary>
    public async Task SetUp(CancellationToken stopping)
    {
        var owner = await Find<User, UserEvent>(TenantId.Platform, Owner.Value, stopping);
        if (owner is null)
        {
            await In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new RegisterUser(Email, Password, "Dora Lindqvist", Client.None, UserId: Owner), stopping));
        }

        if (owner is not { State.SealedPin: not null })
        {
            await In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new SetPin(Owner, Password, Pin, Client.None), stopping));
        }

        await Task.WhenAll(DemoShops.All.Select(async shop =>
        {
            if (!await HasOrder(shop, 0, stopping))
            {
                await SetUp(shop, new DemoStage(scopes, shop, Owner, await Begin(shop, stopping), stopping), stopping);
            }
        }));
    }

    /// <returns>How many orders it has placed.</returns>
    public async Task<int> WriteOrders(CancellationToken stopping) => (await Task.WhenAll(DemoShops.All.Select(shop => WriteOrders(shop, stopping)))).Sum();

    /// <summary>Each of these changes nothing where it has been done before.</summary>
    private async Task SetUp(DemoShop shop, DemoStage stage, CancellationToken stopping)
    {
        if (await Find<Business, BusinessEvent>(TenantId.Platform, shop.Id.Value, stopping) is not { State.Status: BusinessStatus.Active })
        {
            await stage.OnPlatform(new CreateBusiness(shop.Name, shop.Subdomain, "EUR", DemoShop.Timezone, shop.Mode, "DE", shop.Id));
        }

        await stage.AsOwner(new ChangeBusinessSettings(shop.Settings));
        await stage.AsOwner(new ChangeStorefront(shop.Branding, Delivery: new(shop.Delivery)));
        await stage.AsOwner(new ImportProducts(await File.ReadAllBytesAsync(Path.Combine(Samples, shop.Catalogue), stopping)));
        await stage.AsOwner(new PublishStorefront());
        foreach (var driver in shop.Drivers)
        {
            await stage.AsOwner(new AddDriver(driver.Name, driver.Email, Password, driver.Vehicle, driver.Phone, DriverId: driver.Id));
        }
    }

    private async Task<int> WriteOrders(DemoShop shop, CancellationToken stopping)
    {
        var begin = await Begin(shop, stopping);
        var count = DemoOrders.Times(shop, begin).Count();
        var next = count;
        while (next > 0 && !await HasOrder(shop, next - 1, stopping))
        {
            next--;
        }

        if (next == count)
        {
            return 0;
        }

        var stage = new DemoStage(scopes, shop, Owner, begin, stopping);
        var products = await stage.AsOwner(new ListProducts(null, null, null, null, null, new PageRequest(PageRequest.MaxLimit)));
        var orders = DemoOrders.Of(shop, begin, products.Data);
        for (var i = Math.Max(0, next - 1); i < count; i++)
        {
            await Play(shop, orders[i], stage, isBegun: i < next, stopping);
        }

        return count - next;
    }

    /// <summary>When the shop's history begins: an earlier start has settled it by registering the business.</summary>
    private Task<DateTimeOffset> Begin(DemoShop shop, CancellationToken stopping) => In(TenantId.Platform, async services =>
    {
        var known = await services.GetRequiredService<IReadStore>().Find<Registration>(
            "select registered_at from rm.businesses where business_id = @id", new { shop.Id }, stopping);
        return known?.RegisteredAt ?? Minute(TimeProvider.System.GetUtcNow()).AddDays(-DemoShop.Days);
    });

    private async Task<bool> HasOrder(DemoShop shop, int index, CancellationToken stopping) =>
        await Find<Order, OrderEvent>(shop.Id, DemoOrders.IdOf(shop, index).Value, stopping) is not null;

    /// <param name="isBegun">An earlier start was stopped in the midst of it: what is refused now has had its effect then.</param>
    private async Task Play(DemoShop shop, DemoOrder demo, DemoStage stage, bool isBegun, CancellationToken stopping)
    {
        await Take(0, _ => stage.AsGuest(demo.Placing));
        var order = (await Find<Order, OrderEvent>(shop.Id, demo.Placing.OrderId.Value, stopping))!.State;
        foreach (var step in DemoSteps.Of(demo, order))
        {
            await Take(step.Minute, step.Take);
        }

        async Task Take(int minute, Func<DemoStage, Task> take)
        {
            await stage.MoveTo(demo.PlacedAt.AddMinutes(minute));
            try
            {
                await take(stage);
            }
            catch (DomainException e) when (isBegun && e.Error.Kind == ErrorKind.Conflict)
            {
                // done
            }
        }
    }

    private Task<Loaded<TAggregate>?> Find<TAggregate, TEvent>(TenantId tenant, Guid id, CancellationToken stopping)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent =>
        In(tenant, services => services.GetRequiredService<IAggregates>().Find<TAggregate, TEvent>(id, stopping));

    private async Task<T> In<T>(TenantId tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestContext>().Tenant = tenant; // neither a clock that stands nor an actor matters
        return await work(scope.ServiceProvider);
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), time.Offset);

    private sealed record Registration(DateTimeOffset RegisteredAt);
}
