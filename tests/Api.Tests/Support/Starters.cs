using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests;

/// <summary>Somebody who can sign in. <see cref="Session"/> is signed in, in no business until one is created.</summary>
public sealed record TestUser(Guid Id, string Email, string Password, Session Session);

/// <summary>An active business of the test's own, with its owner signed in.</summary>
public sealed record TestBusiness(Guid Id, string Subdomain, TestUser User, Session Owner, Guid? TestClockId);

/// <summary>What most scenarios begin with.</summary>
public static class Starters
{
    public const string Password = "correct horse battery";

    /// <summary>Of everybody who has stepped up.</summary>
    public const string Pin = "482913";

    /// <summary>An address that no other test has.</summary>
    public static string NewEmail(string name = "user") => $"{name}.{Guid.NewGuid():N}@example.com";

    /// <summary>A subdomain that no other test has.</summary>
    public static string NewSubdomain(string name) => $"{name}-{Guid.NewGuid():N}";

    public static async Task<TestUser> NewUser(this ApiFixture api, string name = "user")
    {
        var email = NewEmail(name);
        var answer = await api.Guest.Post("/auth/register", new { email, password = Password, full_name = name }).Returns(201);
        return new(answer.Json.GetProperty("user").GetProperty("id").GetGuid(), email, Password, api.As(Token(answer)));
    }

    /// <summary>With a token as good as new.</summary>
    public static async Task<TestUser> SignedInAgain(this ApiFixture api, TestUser user) =>
        user with { Session = api.As(Token(await api.Guest.Post("/auth/login", new { user.Email, user.Password }).Returns(200))) };

    /// <summary>Proves the address, without reading the mail.</summary>
    public static async Task ProvesTheAddress(this ApiFixture api, TestUser user)
    {
        var token = api.Services.GetRequiredService<IMailTokens>()
            .Issue(MailPurpose.EmailVerification, TenantId.Platform, user.Id, user.Email, TimeProvider.System.GetUtcNow().AddHours(1));
        await api.Guest.Post("/auth/email/verify", new { token }).Returns(204);
    }

    /// <param name="api">The product.</param>
    /// <param name="name">Also begins the subdomain.</param>
    /// <param name="mode">live, or test: a sandbox with a clock of its own.</param>
    /// <param name="owner">Somebody who owns others already; left out: somebody who owns all such businesses.</param>
    /// <param name="currency">ISO 4217</param>
    /// <param name="timezone">IANA</param>
    public static async Task<TestBusiness> NewBusiness(
        this ApiFixture api, string name = "acme", string mode = "live", TestUser? owner = null, string currency = "EUR", string timezone = "Europe/Berlin")
    {
        owner ??= await api.Founder();
        var subdomain = NewSubdomain(name);
        var created = await owner.Session.Post("/businesses", new { name, subdomain, currency, timezone, mode }).Returns(201);
        return new(created.Id, subdomain, owner, await api.Switch(owner, created.Id), created.Json.OptionalGuid("test_clock_id"));
    }

    /// <summary>The owner of the business; the same session every time, so that reads wait for its writes.</summary>
    public static Session As(this ApiFixture api, TestBusiness business) => business.Owner;

    /// <summary>The user's session in one of their businesses.</summary>
    public static async Task<Session> Switch(this ApiFixture api, TestUser user, Guid business) =>
        api.As(Token(await user.Session.Post("/auth/switch-business", new { business_id = business }).Returns(200)));

    /// <summary>A new user who works in the business in this role.</summary>
    public static async Task<Session> NewMember(this ApiFixture api, TestBusiness business, Role role) =>
        await api.NewMember(new TenantId(business.Id), role);

    /// <summary>A new user with this role in any tenant: a driver of the pool, an administrator of the platform.</summary>
    public static async Task<Session> NewMember(this ApiFixture api, TenantId tenant, Role role)
    {
        var user = await api.NewUser(Roles.NameOf(role));
        await api.Grant(user, tenant, role);
        return await api.Switch(user, tenant.Value);
    }

    public static Task<Committed> Grant(this ApiFixture api, TestUser user, TestBusiness business, Role role) => api.Grant(user, new TenantId(business.Id), role);

    private static Task<Committed> Grant(this ApiFixture api, TestUser user, TenantId tenant, Role role) => api.In(
        TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new GrantMembership(new UserId(user.Id), tenant, role)));

    /// <summary>The same session, in which the PIN was given: sensitive steps are open to it for as long as a test takes.</summary>
    public static async Task<Session> SteppedUp(this Session session)
    {
        if ((await session.Post("/auth/step-up", new { pin = Pin }).Send()).Status != 200)
        {
            await session.Post("/auth/pin", new { password = Password, pin = Pin }).Returns(204);
            await session.Post("/auth/step-up", new { pin = Pin }).Returns(200);
        }

        return session;
    }

    public static string Token(ApiAnswer answer) => answer.Json.GetProperty("access_token").GetString()!;

    public static Guid? OptionalGuid(this JsonElement json, string name) => json.TryGetProperty(name, out var id) ? id.GetGuid() : null;

    /// <summary>Moves the clock of a test business. Whatever was due by then has run when it answers.</summary>
    public static Task<ApiAnswer> Advance(this TestBusiness business, string by) =>
        business.Owner.Post($"/test-clocks/{business.TestClockId}/advance", new { by }).Returns(200);

    /// <summary>What follows money and orders at once: whether it runs before an advance or in it is chance.</summary>
    private static readonly string[] bookkeeping = ["transaction.settle", "payout.tell", "order.notify_customer", "notification.send"];

    /// <summary>The names of what ran during an advance, in the order in which it ran, without bookkeeping.</summary>
    public static string?[] Ran(this ApiAnswer advanced) =>
        [.. advanced.Json.GetProperty("executed").EnumerateArray().Select(message => message.GetProperty("type").GetString()).Where(type => !bookkeeping.Contains(type))];

    /// <summary>What has no route yet, in a scope of its own on a tenant.</summary>
    public static async Task<T> In<T>(this ApiFixture api, TenantId tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestContext>().Command = "Test";
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, Actor.System, TestContext.Current.CancellationToken);
        return await work(scope.ServiceProvider);
    }
}
