using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class IdempotencyTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly byte[] Request = [1, 2, 3];
    private static readonly byte[] AnotherRequest = [4, 5, 6];

    [Fact]
    public async Task Twins_have_one_effect_and_one_answer()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var key = Uuid.New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.Send(tenant, new Receive(variant, 1), Keyed(key, Request))));

        answers.Distinct().ShouldHaveSingleItem();
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_twin_is_not_refused_because_of_the_others_effect()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new Receive(variant, 1));
        foreach (var fingerprint in (byte[]?[])[Request, null])
        {
            var key = Uuid.New();
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.Send(tenant, new TakeAll(variant, 1), Keyed(key, fingerprint))));

            answers.Distinct().ShouldHaveSingleItem();
            (await engine.OnHand(tenant, variant)).ShouldBe(0);
            await engine.Send(tenant, new Receive(variant, 1));
        }
    }

    [Fact]
    public async Task A_key_cannot_be_used_for_another_request()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var key = Uuid.New();
        await engine.Send(tenant, new Receive(variant, 1), Keyed(key, Request));
        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new Receive(variant, 2), Keyed(key, AnotherRequest)))).Error.Code.ShouldBe("idempotency_key_reused");
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_remembered_too()
    {
        var tenant = await engine.NewTenant();
        var variant = Uuid.New();
        var key = Uuid.New();
        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new Receive(variant, 1), Keyed(key, Request)))).Error.Kind.ShouldBe(ErrorKind.NotFound);
        await engine.OpenItem(tenant, variant);
        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new Receive(variant, 1), Keyed(key, Request)))).Error.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_step_in_another_tenant_belongs_to_the_request_that_takes_it()
    {
        var (here, there) = (await engine.NewTenant(), await engine.NewTenant());
        var variant = await engine.OpenItem(there);
        var key = Uuid.New();

        (await Step(key, Request, new Receive(variant, 1))).Replayed.ShouldBeFalse();
        (await Step(key, Request, new Receive(variant, 1))).Replayed.ShouldBeTrue();
        (await Should.ThrowAsync<DomainException>(() => Step(key, AnotherRequest, new Receive(variant, 2)))).Error.Code.ShouldBe("idempotency_key_reused");
        (await engine.OnHand(there, variant)).ShouldBe(1);

        Task<RequestContext> Step(Guid id, byte[] fingerprint, Receive command) => engine.In(
            here,
            async services =>
            {
                await services.GetRequiredService<ITenantScopes>().Send(there, command, CancellationToken.None);
                return services.GetRequiredService<RequestContext>();
            },
            Keyed(id, fingerprint));
    }

    private static Action<RequestContext> Keyed(Guid key, byte[]? fingerprint) => context =>
    {
        context.CommandId = key;
        context.Fingerprint = fingerprint;
    };
}
