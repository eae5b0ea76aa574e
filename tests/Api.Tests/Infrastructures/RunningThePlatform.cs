using Mainstreet.Application;
using Mainstreet.Application.Infrastructures;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Infrastructures;

/// <summary>Somebody runs the platform from the first start on. With products of their own, started with the settings.</summary>
public sealed class RunningThePlatform
{
    private const string Email = "ops@example.com";

    [Fact]
    public async Task A_start_makes_the_first_operator_and_later_ones_make_no_other()
    {
        await using var product = await Start(Email);
        var signedIn = (await product.Guest.Post("/auth/login", new { email = Email, password = Starters.Password }).Returns(200)).Json;
        var member = product.As(signedIn.GetProperty("access_token").GetString()!);
        var admin = await product.As((await member.Post("/auth/switch-business", new { business_id = TenantId.Platform.Value }).Returns(200)).Json.GetProperty("access_token").GetString()!).SteppedUp();
        await admin.Get("/admin/projections").Returns(200);
        var rebuild = await admin.Post("/admin/projections/orders/rebuilds", new { @switch = "auto" }).Returns(201);
        await admin.Get($"/admin/projections/orders/rebuilds/{rebuild.Id}").Returns(200);

        await Appoint(product, "others@example.com");
        await product.Guest.Post("/auth/login", new { email = "others@example.com", password = Starters.Password }).Refused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Whoever_has_registered_the_address_unproved_becomes_nothing()
    {
        await using var product = await Start(email: null);
        await product.Guest.Post("/auth/register", new { email = Email, password = Starters.Password, full_name = "Somebody" }).Returns(201);

        (await Should.ThrowAsync<DomainException>(() => Appoint(product, Email))).Error.ShouldBe(IdentityErrors.EmailNotVerified);
    }

    private static Task<Committed> Appoint(ApiFixture product, string email) => product.In(
        TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new AppointFirstOperator(email, Starters.Password)));

    private static async Task<ApiFixture> Start(string? email)
    {
        var product = new ApiFixture(hasDemo: false, email is null ? [] : [("Operator:Email", email), ("Operator:Password", Starters.Password)]);
        await product.InitializeAsync();
        return product;
    }
}
