using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>
/// A shop of the demo at a moment of its past. Whatever is sent takes place then: in test mode because the shop's clock has been
/// advanced to that moment, otherwise because it is written down afterwards.
/// </summary>
internal sealed class DemoStage(IServiceScopeFactory scopes, DemoShop shop, UserId owner, DateTimeOffset begin, CancellationToken stopping)
{
    private DateTimeOffset now = begin;
    private DateTimeOffset? clock;

    public TenantId Business => shop.Id;

    private Actor Owner => new("user", owner.Value, Roles.Owner);

    private bool HasClock => shop.Mode == BusinessMode.Test;

    /// <summary>Does nothing when that moment is over: an earlier start has been here.</summary>
    public async Task MoveTo(DateTimeOffset moment)
    {
        now = moment;
        if (HasClock && (clock ??= (await AsOwner(new GetTestClock(shop.TestClock))).Now) < moment)
        {
            clock = (await AsOwner(new AdvanceTestClock(shop.TestClock, moment, By: null))).Clock.Now;
        }
    }

    public Task<T> AsOwner<T>(IRequest<T> request) => Send(shop.Id, Owner, request, HasClock ? null : now);

    public Task<T> AsGuest<T>(IRequest<T> request) => Send(shop.Id, Actor.Guest, request, HasClock ? null : now);

    public Task<T> AsDriver<T>(DriverId driver, IRequest<T> request) =>
        Send(shop.Id, new Actor("driver", driver.Value, Roles.Driver), request, HasClock ? null : now);

    /// <summary>In the platform, whose clock nobody moves.</summary>
    public Task<T> OnPlatform<T>(IRequest<T> request) => Send(TenantId.Platform, Owner, request, now);

    private async Task<T> Send<T>(TenantId tenant, Actor actor, IRequest<T> request, DateTimeOffset? occurredAt)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestContext>().OccurredAt = occurredAt;
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, actor, stopping);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, stopping);
    }
}
