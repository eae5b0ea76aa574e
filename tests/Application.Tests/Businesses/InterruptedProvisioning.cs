using Mainstreet.Application.Archives;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Tests.Engine;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Storefronts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Businesses;

/// <summary>The process died between the steps of creating a business.</summary>
public class InterruptedProvisioning(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_looks_after_every_registration()
    {
        var registered = new BusinessRegistered(new(Uuid.New()), "Acme", "acme", "EUR", "UTC", BusinessMode.Live, null, null, new(Uuid.New()), null, null, null, Monday);
        var envelope = new EventEnvelope(
            TenantId.Platform, Uuid.New(), registered.BusinessId.Value, 1, 1, "business.registered.v1", registered,
            new StoredMetadata(new EventMetadata(Actor.System, "Test", Uuid.New(), Uuid.New(), Uuid.New())), Monday);
        new ProvisioningCompletion().React(envelope).ShouldHaveSingleItem()
            .ShouldBe(new ScheduledCommand(new CompleteProvisioning(registered.BusinessId, "Acme", "EUR", "UTC"), Monday.AddSeconds(10)));
    }

    [Fact]
    public async Task What_is_missing_is_done_once()
    {
        var registration = Registration();
        var complete = new CompleteProvisioning(registration.BusinessId, registration.Name, registration.Currency, registration.Timezone);
        await engine.Send(TenantId.Platform, new RegisterBusiness(registration));

        await engine.Send(TenantId.Platform, complete);
        (await Find<Business, BusinessEvent>(TenantId.Platform, registration.BusinessId.Value))!.State.Status.ShouldBe(BusinessStatus.Active);
        (await Find<BusinessProfile, BusinessProfileEvent>(registration.BusinessId, registration.BusinessId.Value))!.State.Details.Name.ShouldBe("Acme");
        var storefront = Storefront.StreamOf(registration.BusinessId);
        (await Find<Storefront, StorefrontEvent>(registration.BusinessId, storefront))!.State.Settings.SameAs(StorefrontSettings.Default).ShouldBeTrue();

        await engine.Send(TenantId.Platform, complete);
        (await Find<Business, BusinessEvent>(TenantId.Platform, registration.BusinessId.Value))!.Version.ShouldBe(2);
        (await Find<Storefront, StorefrontEvent>(registration.BusinessId, storefront))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_signed_up_gets_the_first_categories_then_too()
    {
        var owner = new UserId(Uuid.New());
        var registration = Registration() with { Owner = owner, Origin = BusinessOrigin.SignUp };
        await engine.Send(TenantId.Platform, new RegisterBusiness(registration, new($"{owner}@example.com", "Olga", null, "hash")));
        (await Find<User, UserEvent>(TenantId.Platform, owner.Value))!.State.FullName.ShouldBe("Olga");

        await engine.Send(
            TenantId.Platform, new CompleteProvisioning(registration.BusinessId, registration.Name, "EUR", "UTC", null, registration.Origin));
        (await Find<Business, BusinessEvent>(TenantId.Platform, registration.BusinessId.Value))!.State.Status.ShouldBe(BusinessStatus.Active);
        var categories = await engine.In(registration.BusinessId, services => services.GetRequiredService<IMediator>().Send(new ListCategories(ActiveOnly: true)));
        categories.Select(category => category.Name).ShouldBe(["Featured", "New", "Offers"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_request_goes_on_where_it_stopped(bool withProfile)
    {
        var registration = Registration();
        await engine.Send(TenantId.Platform, new RegisterBusiness(registration));
        if (withProfile)
        {
            await engine.Send(registration.BusinessId, new ProvisionBusiness(registration.Name, registration.Currency, registration.Timezone));
        }

        (await engine.Send(TenantId.Platform, Create(registration))).BusinessId.ShouldBe(registration.BusinessId);
        (await Find<Business, BusinessEvent>(TenantId.Platform, registration.BusinessId.Value))!.State.Status.ShouldBe(BusinessStatus.Active);
        (await Find<BusinessProfile, BusinessProfileEvent>(registration.BusinessId, registration.BusinessId.Value))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_business_that_begins_with_the_log_of_another_waits_for_it()
    {
        var source = await engine.Send(TenantId.Platform, Create(Registration()) with { BusinessId = null });
        using var log = new MemoryStream();
        await (await engine.Send(source.BusinessId, new ExportLog(0))).WriteTo(log, CancellationToken.None);
        var owner = new UserId(Uuid.New());
        await engine.Send(TenantId.Platform, new RegisterUser($"{owner}@example.com", "correct horse battery", "Olga", Client.None, UserId: owner));
        var registration = Registration() with { Owner = owner, ImportedFrom = source.BusinessId };
        var (id, complete) = (registration.BusinessId, new CompleteProvisioning(registration.BusinessId, "Acme", "EUR", "UTC", source.BusinessId));
        await engine.Send(TenantId.Platform, new RegisterBusiness(registration));

        await engine.Send(TenantId.Platform, complete);
        (await Find<Business, BusinessEvent>(TenantId.Platform, id.Value))!.State.Status.ShouldBe(BusinessStatus.Provisioning);
        (await Find<BusinessProfile, BusinessProfileEvent>(id, id.Value)).ShouldBeNull();

        log.Position = 0;
        (await engine.Send(TenantId.Platform, new ImportLog(id, new(log), registration.Subdomain, owner))).Events.ShouldBe(2);
        (await Find<Business, BusinessEvent>(TenantId.Platform, id.Value))!.State.Status.ShouldBe(BusinessStatus.Active);
        (await Find<BusinessProfile, BusinessProfileEvent>(id, id.Value))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Another_request_does_not_get_what_was_begun()
    {
        var registration = Registration();
        await engine.Send(TenantId.Platform, new RegisterBusiness(registration));
        var other = Create(registration) with { Subdomain = $"other-{Guid.NewGuid():N}" };
        (await Should.ThrowAsync<DomainException>(() => engine.Send(TenantId.Platform, other))).Error.ShouldBe(BusinessErrors.AlreadyExists);
        (await Find<Business, BusinessEvent>(TenantId.Platform, registration.BusinessId.Value))!.State.Status.ShouldBe(BusinessStatus.Provisioning);
    }

    // the user that the host's commands act as
    private static BusinessRegistration Registration() => new(new(Uuid.New()), "Acme", $"acme-{Guid.NewGuid():N}", "EUR", "UTC", new UserId(Guid.Empty));

    private static CreateBusiness Create(BusinessRegistration begun) =>
        new(begun.Name, begun.Subdomain, begun.Currency, begun.Timezone, begun.Mode, begun.Country, begun.BusinessId);

    private Task<Loaded<TAggregate>?> Find<TAggregate, TEvent>(TenantId tenant, Guid id)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent =>
        engine.In(tenant, services => services.GetRequiredService<IAggregates>().Find<TAggregate, TEvent>(id, CancellationToken.None));
}
