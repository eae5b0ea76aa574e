using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.ApiKeys;
using Mainstreet.Application.Audit;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests;

/// <summary>
/// The edge alone, on a real port, with endpoints of the test's own: for rules that need no database. A token is
/// role/tenant/user in plain text.
/// </summary>
internal sealed class EdgeApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;

    private EdgeApp(WebApplication app)
    {
        this.app = app;
        http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public Session Guest => new(http);

    public HttpClient Http => http;

    public Session As(string role, TenantId? tenant = null) => new(http, $"{role}/{tenant ?? TenantId.Pool}/{Guid.Empty}");

    public Session WithToken(string token) => new(http, token);

    public static async Task<EdgeApp> Start(Action<RouteGroupBuilder> map, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Problems).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddHttp();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ILiveProcesses, Alone>();
        builder.Services.AddScoped<RequestContext>();
        builder.Services.AddScoped<ITenantContext>(provider => provider.GetRequiredService<RequestContext>());
        builder.Services.AddScoped<ITenantScope, OpenScope>();
        builder.Services.AddSingleton<IAccessTokens, PlainTokens>();
        builder.Services.AddSingleton<ISessionGuard, Sessions>();
        builder.Services.AddSingleton<IRolePermissions, SystemRoles>();
        builder.Services.AddSingleton<IRefusedAttempts, Unwritten>();
        builder.Services.AddSingleton<IApiKeys, NoKeys>();
        builder.Services.AddSingleton<IAllowedOrigins, NoOrigins>();
        builder.Services.AddSingleton<IEntitlements, Everything>();
        builder.Services.AddSingleton<IBusinessStates, AllOpen>();
        builder.Services.AddSingleton<IStorefrontDomain, NoDomain>();
        services?.Invoke(builder.Services);
        var edge = builder.Build();
        edge.UseHttp();
        map(edge.MapApi());
        await edge.StartAsync(TestContext.Current.CancellationToken);
        return new EdgeApp(edge);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private sealed class OpenScope(RequestContext context) : ITenantScope
    {
        public Task Open(TenantId tenant, Actor actor, CancellationToken cancellationToken)
        {
            (context.Tenant, context.Actor) = (tenant, actor);
            return Task.CompletedTask;
        }
    }

    private sealed class PlainTokens : IAccessTokens
    {
        public TimeSpan Lifetime => TimeSpan.MaxValue;

        public string Issue(AccessGrant grant, DateTimeOffset now) => $"{grant.Role}/{grant.TenantId}/{grant.UserId}";

        public AccessGrant? Validate(string token, DateTimeOffset now) =>
            token.Split('/') is [var role, var tenant, var user] ? new(new(Guid.Parse(user)), new(Guid.Parse(tenant)), role, Guid.Empty, "1") : null;
    }

    private sealed class SystemRoles : IRolePermissions
    {
        public ValueTask<IReadOnlySet<string>> Of(TenantId business, string role, CancellationToken cancellationToken) => ValueTask.FromResult(Permissions.OfRole(role));
    }

    private sealed class NoDomain : IStorefrontDomain
    {
        public string? Name => null;
    }

    private sealed class AllOpen : IBusinessStates
    {
        public ValueTask<BusinessStatus> Of(TenantId business, CancellationToken cancellationToken) => ValueTask.FromResult(BusinessStatus.Active);
    }

    private sealed class Alone : ILiveProcesses
    {
        public int Count => 1;
    }

    /// <summary>Without a database there is nowhere to write.</summary>
    private sealed class Unwritten : IRefusedAttempts
    {
        public void Note(RefusedAttempt attempt)
        {
        }

        public void NoteUnknown(Guid id, RefusedAttempt attempt)
        {
        }

        public Task Write(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoKeys : IApiKeys
    {
        public Task<ApiKeyWorth?> Find(string text, CancellationToken cancellationToken) => Task.FromResult<ApiKeyWorth?>(null);

        public ValueTask<bool> IsGood(TenantId business, ApiKeyId key, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public Task<IReadOnlyDictionary<ApiKeyId, DateTimeOffset>> LastUsed(TenantId business, IReadOnlyCollection<ApiKeyId> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<ApiKeyId, DateTimeOffset>>(new Dictionary<ApiKeyId, DateTimeOffset>());
    }

    private sealed class NoOrigins : IAllowedOrigins
    {
        public Task<bool> Of(TenantId business, string origin, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<bool> OfAny(string origin, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class Everything : IEntitlements
    {
        public ValueTask<Entitlements> Of(TenantId business, CancellationToken cancellationToken) => ValueTask.FromResult(new Entitlements(Seats: 100, ApiAccess: true));
    }

    /// <summary>None ends, and none is stepped up.</summary>
    private sealed class Sessions : ISessionGuard
    {
        public ValueTask<bool> HasEnded(Guid session, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public Task<bool> IsSteppedUp(Guid session, CancellationToken cancellationToken) => Task.FromResult(false);

        public ValueTask<bool> HasChanged(UserId user, TenantId tenant, string role, CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
