using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Whoever registers has a mail sent to an address that may be another one's (SEC-06).</summary>
public sealed class RegisteringManyAddresses : IAsyncLifetime
{
    private readonly ApiFixture api = new(hasDemo: false, ("Attempts:Network:Most", "3"), ("Attempts:Network:Pause", "00:10:00"));

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Is_slowed_down_after_some()
    {
        var (shop, _) = await api.NewShop(); // its owner is the first who registers
        await api.NewUser();
        await SignUp().Returns(201);
        (await SignUp().Refused(429, "too_many_attempts")).Header("Retry-After").ShouldNotBeNull();
        await api.Guest.Post("/auth/register", new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Anna" }).Refused(429, "too_many_attempts");

        for (var i = 0; i < 3; i++)
        {
            await Customer(shop).Returns(201);
        }

        await Customer(shop).Refused(429, "too_many_attempts");
    }

    private ApiRequest SignUp() => api.Guest.Post(
        "/signup", new { business_name = "Acme", currency = "EUR", timezone = "UTC", email = Starters.NewEmail(), password = Starters.Password, full_name = "Anna" });

    private ApiRequest Customer(TestBusiness shop) => api.Guest.Post(shop.At("register"), new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Carla" });
}
