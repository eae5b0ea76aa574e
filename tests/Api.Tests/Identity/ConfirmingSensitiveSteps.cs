using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>The PIN and what it opens (IAM-05).</summary>
public sealed class ConfirmingSensitiveSteps(ApiFixture api)
{
    [Fact]
    public async Task Whoever_gives_the_PIN_may_take_sensitive_steps_in_that_session_for_a_while()
    {
        var business = await api.NewBusiness(owner: await api.NewUser());
        var refused = await business.Owner.Get("/business/log/export").Refused(403, "step_up_required");
        refused.Json.Text("step_up").ShouldBe("/api/v1/auth/step-up");
        await business.Owner.Post("/auth/step-up", new { pin = Starters.Pin }).Refused(409, "pin_missing");
        await business.Owner.Post("/auth/pin", new { password = "not the password", pin = Starters.Pin }).Refused(403, "password_wrong");
        await business.Owner.Post("/auth/pin", new { password = Starters.Password, pin = Starters.Pin }).Returns(204);
        (await business.Owner.Get("/auth/me").Returns(200)).Json.GetProperty("user").GetProperty("has_pin").GetBoolean().ShouldBeTrue();

        var stepped = await business.Owner.Post("/auth/step-up", new { pin = Starters.Pin }).Returns(200);
        stepped.Json.GetProperty("stepped_up_until").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        await business.Owner.Exported();

        var phone = await api.SignIn(business.User);
        await phone.Session.Get("/business/log/export").Refused(403, "step_up_required");
        await api.Change($"update sessions set stepped_up_until = clock_timestamp() where account_id = '{business.User.Id}'");
        await business.Owner.Get("/business/log/export").Refused(403, "step_up_required");
    }

    [Fact]
    public async Task Five_minutes_unless_set_otherwise()
    {
        await using var product = new ApiFixture(hasDemo: false, ("Sessions:StepUp", "00:05:00"));
        await product.InitializeAsync();
        var anna = await product.NewUser();
        await anna.Session.Post("/auth/pin", new { password = Starters.Password, pin = Starters.Pin }).Returns(204);
        var before = TimeProvider.System.GetUtcNow();
        var until = (await anna.Session.Post("/auth/step-up", new { pin = Starters.Pin }).Returns(200)).Json.GetProperty("stepped_up_until").GetDateTimeOffset();
        (until - before).ShouldBeInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task The_third_wrong_PIN_locks_it_however_many_come_at_once()
    {
        var anna = await api.NewUser();
        await anna.Session.SteppedUp();
        var (phone, twin) = (await api.SignIn(anna), api.Twin());
        await using var _ = twin;
        Session[] sessions = [phone.Session, twin.As(phone.Access), anna.Session];
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => sessions[i % 3].Post("/auth/step-up", new { pin = "112358" }).Send()));
        answers.Count(answer => answer.Status == 403 && answer.Json.Text("code") == "pin_wrong").ShouldBe(3);
        answers.Count(answer => answer.Status == 429).ShouldBe(57);
        var locked = await anna.Session.Post("/auth/step-up", new { pin = Starters.Pin }).Refused(429, "too_many_attempts");
        int.Parse(locked.Header("Retry-After")!).ShouldBeInRange(800, 900);
        await phone.Session.Get("/auth/me").Returns(200);

        await api.Change("update attempts set last_at = last_at - interval '15 min' where count = 3");
        await anna.Session.Post("/auth/step-up", new { pin = Starters.Pin }).Returns(200);
    }

    [Theory]
    [InlineData("123456", "pin_weak")]
    [InlineData("777777", "pin_weak")]
    [InlineData("12345", "pin_malformed")]
    [InlineData("abcdef", "pin_malformed")]
    public async Task A_PIN_that_anybody_would_try_is_refused(string pin, string code) =>
        (await (await api.NewUser()).Session.Post("/auth/pin", new { password = Starters.Password, pin }).Refused(400, "validation_failed")).Faults.ShouldBe([$"/pin {code}"]);

    [Fact]
    public async Task The_steps_of_the_list_are_shut()
    {
        var business = await api.NewBusiness(owner: await api.NewUser());
        await using var receiver = await WebhookReceiver.Start();
        var webhook = await business.NewWebhook(receiver);
        var admin = await api.NewMember(Domain.TenantId.Platform, Role.PlatformAdmin);
        var id = Guid.NewGuid();
        ApiRequest[] sensitive =
        [
            business.Owner.Get("/business/log/export"),
            business.Owner.Post($"/business/customers/{id}/erase", new { reason = "requested" }),
            business.Owner.Post($"/webhook-endpoints/{webhook.Id}/rotate-secret"),
            business.Owner.Post("/business/projections/orders/rebuilds", new { }),
            business.Owner.Post($"/business/projections/orders/rebuilds/{id}/promote"),
            business.Owner.Post($"/business/projections/orders/rebuilds/{id}/rollback"),
            admin.Post("/admin/projections/orders/rebuilds", new { }),
            admin.Post($"/admin/projections/orders/rebuilds/{id}/promote"),
            admin.Post($"/admin/projections/orders/rebuilds/{id}/rollback"),
            admin.Post("/admin/master-key/rotations"),
            admin.Post("/admin/log-epochs"),
            admin.Get($"/admin/businesses/{business.Id}/log/export"),
            admin.Import(id, business.User, "{}"),
        ];
        foreach (var request in sensitive)
        {
            await request.Refused(403, "step_up_required");
        }

        await (await api.NewMember(business, Role.Staff)).Get("/business/log/export").Refused(403, "missing_permission");
        await business.Owner.SteppedUp();
        await business.Owner.Post($"/webhook-endpoints/{webhook.Id}/rotate-secret").Returns(200);
    }
}
