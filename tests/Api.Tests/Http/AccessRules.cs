using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Http;

/// <summary>Who may call what, and in whose business it then happens.</summary>
public sealed class AccessRules : IAsyncLifetime
{
    private static readonly TenantId Acme = new(Uuid.Named("acme"));
    private static readonly TenantId Shop = new(Uuid.Named("shop"));

    private EdgeApp app = null!;

    public async ValueTask InitializeAsync() => app = await EdgeApp.Start(
        api =>
        {
            api.MapGet("/orders", Where).WithName("ListOrders").RequirePermission(Permissions.OrdersRead);
            api.MapGet("/export", Where).WithName("ExportOrders").RequirePermission(Permissions.OrdersRead).RequireStepUp();
            api.MapGet("/me", Where).WithName("GetMe").RequireSignIn();
            api.MapGet("/customers/me", Where).WithName("GetCustomer").RequireCustomer();
            api.MapPost("/storefronts/{subdomain}/logout", Where).WithName("SignOutCustomer").RequireCustomer().ResolveTenant<Subdomains>();
            api.MapPost("/auth/accept", Where).WithName("Accept").Public().OnPlatform();
            api.MapGet("/open", Where).WithName("Open").Public();
            api.MapPost("/auth/login", Where).WithName("SignIn").Public(readsToken: false).OnPlatform();
            api.MapPost("/businesses", Where).WithName("CreateBusiness").RequireSignIn().OnPlatform();
            api.MapGet("/storefronts/{subdomain}", Where).WithName("GetStorefront").Public().ResolveTenant<Subdomains>();
            api.MapGet("/storefronts/{subdomain}/orders", Where).WithName("ListStorefrontOrders")
                .RequirePermission(Permissions.OrdersRead).ResolveTenant<Subdomains>();
        },
        services => services.AddSingleton<Subdomains>());

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Nobody_gets_in_without_a_token()
    {
        var answer = await app.Guest.Get("/orders").Refused(401, "unauthenticated");
        answer.Header("WWW-Authenticate").ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_dead_token_is_told_even_where_none_is_needed()
    {
        var answer = await app.WithToken("dead").Get("/open").Refused(401, "invalid_token");
        answer.Header("WWW-Authenticate").ShouldBe("Bearer error=\"invalid_token\"");
        await app.Guest.Get("/me").With("Authorization", "Basic YTpi").Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_dead_token_does_not_stop_a_sign_in() => await app.WithToken("dead").Post("/auth/login").Returns(200);

    [Fact]
    public async Task A_role_without_the_permission_is_told_which_one()
    {
        var answer = await app.As(Roles.Driver, Acme).Get("/orders").Refused(403, "missing_permission");
        answer.Json.GetProperty("permission").GetString().ShouldBe("orders:read");
        await app.As("emperor", Acme).Get("/orders").Refused(403, "missing_permission");
        await app.As(Roles.Driver, Acme).Get("/me").Returns(200);
    }

    [Fact]
    public async Task A_sensitive_step_wants_the_permission_first_and_then_the_PIN()
    {
        await app.Guest.Get("/export").Refused(401, "unauthenticated");
        await app.As(Roles.Driver, Acme).Get("/export").Refused(403, "missing_permission");
        (await app.As(Roles.Owner, Acme).Get("/export").Refused(403, "step_up_required")).Json.GetProperty("step_up").GetString().ShouldBe("/api/v1/auth/step-up");
    }

    [Fact]
    public async Task The_token_says_in_which_business_and_as_whom()
    {
        (await Place(app.As(Roles.Staff, Acme).Get("/orders"))).ShouldBe($"{Acme} user staff");
        (await Place(app.As(Roles.Driver, TenantId.Pool).Get("/me"))).ShouldBe($"{TenantId.Pool} driver driver");
    }

    [Fact]
    public async Task Users_and_registrations_live_on_the_platform()
    {
        (await Place(app.Guest.Post("/auth/login"))).ShouldBe($"{TenantId.Platform} guest ");
        (await Place(app.As(Roles.Owner, Acme).Post("/businesses"))).ShouldBe($"{TenantId.Platform} user owner");
    }

    [Fact]
    public async Task A_storefront_is_found_by_its_subdomain()
    {
        (await Place(app.Guest.Get("/storefronts/shop"))).ShouldBe($"{Shop} guest ");
        (await Place(app.As(Roles.Owner, Shop).Get("/storefronts/shop"))).ShouldBe($"{Shop} user owner");
        await app.Guest.Get("/storefronts/nobody").Refused(404, "not_found");
    }

    [Fact]
    public async Task A_role_counts_in_its_own_business_only()
    {
        (await Place(app.As(Roles.Owner, Acme).Get("/storefronts/shop"))).ShouldBe($"{Shop} guest ");
        await app.As(Roles.Owner, Acme).Get("/storefronts/shop/orders").Refused(404, "not_found");
        await app.As(Roles.Owner, Shop).Get("/storefronts/shop/orders").Returns(200);
    }

    [Fact]
    public async Task Customers_deal_with_what_is_theirs_and_nobody_else_does()
    {
        var customer = app.As(Roles.Customer, Shop);
        (await Place(customer.Get("/customers/me"))).ShouldBe($"{Shop} customer customer");
        (await Place(customer.Post("/storefronts/shop/logout"))).ShouldBe($"{Shop} customer customer");
        (await Place(customer.Get("/storefronts/shop"))).ShouldBe($"{Shop} customer customer");
        (await Place(customer.Post("/auth/accept"))).ShouldBe($"{TenantId.Platform} guest ");
        (await Place(app.As(Roles.Customer, Acme).Get("/storefronts/shop"))).ShouldBe($"{Shop} guest ");
        await app.As(Roles.Customer, Acme).Post("/storefronts/shop/logout").Refused(404, "not_found");
        await customer.Get("/me").Refused(403, "wrong_audience");
        await customer.Post("/businesses").Refused(403, "wrong_audience");
        await customer.Get("/orders").Refused(403, "missing_permission");
        await app.As(Roles.Owner, Shop).Get("/customers/me").Refused(403, "wrong_audience");
        await app.Guest.Get("/customers/me").Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task An_endpoint_that_forgets_its_rule_or_name_stops_the_start()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => EdgeApp.Start(api =>
        {
            api.MapGet("/a", () => "").WithName("A");
            api.MapGet("/b", () => "").Public();
            api.MapGet("/c", () => "").WithName("C").Public().RequireSignIn();
            api.MapGet("/d", () => "").WithName("D").Public();
            api.MapGet("/e", () => "").WithName("D").Public();
            api.MapGet("/f", () => "").WithName("F").RequireSignIn().RequireStepUp();
        }));
        error.Message.Split(Environment.NewLine).Length.ShouldBe(5, error.Message);
    }

    private static async Task<string> Place(ApiRequest request) => (await request.Returns(200)).Json.GetString()!;

    private static OkAnswer<string> Where(ITenantContext context) => Answers.Ok($"{context.Tenant} {context.Actor.Type} {context.Actor.Role}");

    private sealed class Subdomains : ITenantResolver
    {
        public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) =>
            Task.FromResult<TenantId?>((string?)http.GetRouteValue("subdomain") == "shop" ? Shop : null);
    }
}
