using Mainstreet.Application.Notifications;
using Mainstreet.Application.Tests.Engine;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Providers;

namespace Mainstreet.Application.Tests.Notifications;

/// <summary>Mail by way of the queue, to a provider as it answers, and where there is none.</summary>
public class SendingMail
{
    private static readonly DateTimeOffset AtOnce = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task A_mail_is_handed_over_as_the_provider_wants_it()
    {
        await using var provider = await MailProvider.Start(new Answer(200));
        await using var engine = await Started(provider);
        var person = Uuid.New();
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleMail(person, AtOnce));
        await NothingWaits(engine, tenant);

        var mail = provider.Received.ShouldHaveSingleItem();
        mail.Path.ShouldBe("/v1/emails");
        (mail.Headers["Authorization"], mail.Headers["Content-Type"]).ShouldBe(("Bearer re_key", "application/json"));
        Guid.TryParse(mail.Headers["Idempotency-Key"], out _).ShouldBeTrue();
        mail.Body.GetRawText().ShouldBe(
            $$"""{"from":"Mainstreet <post@mainstreet.example>","to":["{{SendMail.AddressOf(person)}}"],"subject":"Grüße","text":"Come in.","html":"<p>Come in.</p>"}""");
        (await DeadLetters(engine, tenant)).ShouldBeEmpty();
        (await Outbox(engine, tenant)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_of_the_provider_is_tried_again_under_the_same_key()
    {
        await using var provider = await MailProvider.Start(new Answer(503), new Answer(200));
        await using var engine = await Started(provider);
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleMail(Uuid.New(), AtOnce));
        await NothingWaits(engine, tenant);

        provider.Received.Count.ShouldBe(2);
        provider.Received.Select(mail => mail.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem();
        (await DeadLetters(engine, tenant)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Being_asked_to_slow_down_costs_no_attempt()
    {
        var busy = new Answer(429, """{"name":"rate_limit_exceeded"}""", RetryAfter: "1");
        await using var provider = await MailProvider.Start(busy, busy, busy, busy, busy, busy, new Answer(200));
        await using var engine = await Started(provider);
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleMail(Uuid.New(), AtOnce));
        await NothingWaits(engine, tenant);

        provider.Received.Count.ShouldBe(7);
        (await DeadLetters(engine, tenant)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_mail_is_a_dead_letter_that_says_why_and_names_nobody()
    {
        var person = Uuid.New();
        await using var provider = await MailProvider.Start(new Answer(422, $$"""{"statusCode":422,"name":"validation_error","message":"{{SendMail.AddressOf(person)}} is no address"}"""));
        await using var engine = await Started(provider);
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleMail(person, AtOnce));
        await NothingWaits(engine, tenant);

        provider.Received.ShouldHaveSingleItem();
        (await DeadLetters(engine, tenant)).ShouldBe(["email_refused: The mail provider refused the message: 422 validation_error."]);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_a_reason_too()
    {
        await using var engine = await Started(("Email:BaseUrl", "http://127.0.0.1:9"), ("Email:ApiKey", "re_key"), ("Email:From", "post@mainstreet.example"));
        var refusal = await Should.ThrowAsync<DomainException>(() => engine.Send(TenantId.Platform, new SendMail(Uuid.New())));
        (refusal.Error.Kind, refusal.Error).ShouldBe((ErrorKind.Busy, EmailErrors.Unavailable("connection_error")));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent_and_nobody_is_told_otherwise()
    {
        await using var engine = await Started();
        var tenant = await engine.NewTenant();
        foreach (var place in new[] { tenant, TenantId.Platform })
        {
            await engine.Send(place, new ScheduleMail(Uuid.New(), AtOnce));
            await NothingWaits(engine, place);
            (await DeadLetters(engine, place)).ShouldBe([$"email_not_configured: {EmailErrors.NotConfigured.Message}"]);
            (await Outbox(engine, place)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task While_it_is_tried_out_the_platform_has_an_outbox_and_a_live_tenant_none()
    {
        await using var engine = await Started(("Email:Sandbox", "true"));
        var (person, tenant) = (Uuid.New(), await engine.NewTenant());
        await engine.Send(TenantId.Platform, new ScheduleMail(person, AtOnce));
        await NothingWaits(engine, TenantId.Platform);
        (await Outbox(engine, TenantId.Platform)).ShouldBe([SendMail.AddressOf(person)]);

        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new SendMail(person)))).Error.ShouldBe(EmailErrors.NotConfigured);
    }

    [Fact]
    public async Task A_test_tenant_s_mail_never_leaves_the_house()
    {
        await using var provider = await MailProvider.Start(new Answer(200));
        await using var engine = await Started(provider);
        var tenant = await engine.NewTenant(frozenAt: EngineHost.Day);
        var person = Uuid.New();
        await engine.Send(tenant, new SendMail(person), context => context.CommandId = person);
        await engine.Send(tenant, new SendMail(person), context => context.CommandId = person);
        (await Outbox(engine, tenant)).ShouldBe([SendMail.AddressOf(person)]);
        provider.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Settings_that_cannot_work_are_found_at_the_start()
    {
        new EmailOptions().AreValid().ShouldBeTrue();
        Options().AreValid().ShouldBeTrue();
        Options(from: "").AreValid().ShouldBeFalse();
        Options(url: "api.resend.com").AreValid().ShouldBeFalse();
        Options(seconds: 0).AreValid().ShouldBeFalse();

        static EmailOptions Options(string from = "post@mainstreet.example", string url = "https://api.resend.com", int seconds = 1) =>
            new() { ApiKey = "re_key", From = from, BaseUrl = url, Timeout = TimeSpan.FromSeconds(seconds) };
    }

    private static Task<EngineHost> Started(MailProvider provider) => Started(provider.Settings);

    private static async Task<EngineHost> Started(params (string, string)[] settings)
    {
        var engine = new EngineHost(settings);
        await engine.InitializeAsync();
        return engine;
    }

    /// <summary>Each look is a trip to the database; the work goes on meanwhile.</summary>
    private static async Task NothingWaits(EngineHost engine, TenantId tenant)
    {
        while ((await engine.Rows("select 1 from messages where tenant_id = $1", row => row.GetInt32(0), tenant.Value)).Count > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static Task<List<string>> DeadLetters(EngineHost engine, TenantId tenant) =>
        engine.Rows("select error from dead_letters where tenant_id = $1", row => row.GetString(0), tenant.Value);

    private static Task<List<string>> Outbox(EngineHost engine, TenantId tenant) =>
        engine.Rows("select recipient from sandbox_outbox where tenant_id = $1", row => row.GetString(0), tenant.Value);
}
