using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Another password, by who knows the old one or got a mail; and the mail that proves an address.</summary>
public sealed partial class ChangingAPassword(ApiFixture api)
{
    private const string Another = "a horse of another colour";

    [Fact]
    public async Task Another_password_ends_every_session_and_begins_a_new_one()
    {
        var anna = await api.NewUser();
        var bob = await api.NewUser();
        var (phone, laptop) = (await api.SignIn(anna), await api.SignIn(anna));
        await phone.Session.Post("/auth/password", new { password = "not the password", new_password = Another }).Refused(403, "password_wrong");
        (await phone.Session.Post("/auth/password", new { password = anna.Password, new_password = "short" }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/new_password password_too_short"]);

        var next = api.SignedIn(await phone.Session.Post("/auth/password", new { password = anna.Password, new_password = Another }).Returns(200));
        foreach (var old in new[] { phone, laptop })
        {
            await old.Session.Get("/auth/me").Refused(401, "invalid_token");
            await api.Refresh(old.Refresh).Refused(401, "session_over");
        }

        await next.Session.Get("/auth/me").Returns(200);
        await api.Refresh(next.Refresh).Returns(200);
        await bob.Session.Get("/auth/me").Returns(200);
        await api.Login(anna.Email, anna.Password).Refused(401, "invalid_credentials");
        await api.Login(anna.Email, Another).Returns(200);
    }

    [Fact]
    public async Task Whoever_is_deactivated_is_signed_out()
    {
        var anna = await api.NewUser();
        var phone = await api.SignIn(anna);
        await api.In(TenantId.Platform, services => services.GetRequiredService<IAggregates>().Update<User, UserEvent>(
            anna.Id, expectedVersion: null, user => user.Deactivate(TimeProvider.System.GetUtcNow()), TestContext.Current.CancellationToken));
        await phone.Session.Get("/auth/me").Until(answer => answer.Status == 401); // committed by nobody's request
        await api.Refresh(phone.Refresh).Refused(401, "session_over");
        await api.Login(anna.Email, anna.Password).Refused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Whoever_forgot_it_gets_a_mail_whose_code_is_good_once()
    {
        var anna = await api.NewUser();
        var phone = await api.SignIn(anna);
        foreach (var wrong in Enumerable.Range(0, 10))
        {
            await api.Login(anna.Email, $"wrong {wrong}").Refused(401, "invalid_credentials");
        }

        await api.Login(anna.Email, anna.Password).Refused(429, "too_many_attempts");
        (await api.Guest.Post("/auth/password/forgot", new { email = anna.Email.ToUpperInvariant() }).Returns(202)).Text.ShouldBeEmpty();
        var code = await Mailed(anna.Email, "account.reset_password");

        var resets = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Reset(code, $"{Another} {i}").Send()));
        resets.Count(reset => reset.Status == 204).ShouldBe(1);
        resets.Where(reset => reset.Status != 204).ShouldAllBe(reset => reset.Status == 400 && reset.Json.GetProperty("code").GetString() == "mail_token_invalid");
        await phone.Session.Get("/auth/me").Refused(401, "invalid_token");
        await api.Login(anna.Email, $"{Another} {Array.FindIndex(resets, reset => reset.Status == 204)}").Returns(200);
    }

    [Fact]
    public async Task Nobody_learns_whether_there_is_an_account()
    {
        var nobody = Starters.NewEmail();
        (await api.Guest.Post("/auth/password/forgot", new { email = nobody }).Returns(202)).Text.ShouldBeEmpty();
        await api.Guest.Post("/auth/password/forgot", new { email = nobody }).Returns(202);
        await api.Guest.Post("/auth/password/forgot", new { email = nobody }).Returns(202);
        await api.Guest.Post("/auth/password/forgot", new { email = nobody }).Refused(429, "too_many_attempts");
        await api.Guest.Post("/auth/password/forgot", new { email = "nobody" }).Refused(400, "validation_failed");
    }

    [Fact]
    public async Task A_code_is_good_for_its_purpose_its_user_and_its_time()
    {
        var anna = await api.NewUser();
        var welcome = await Mailed(anna.Email, "account.verify_email");
        await Reset(welcome, Another).Refused(400, "mail_token_invalid");
        await Reset(welcome[..^2] + (welcome[^2] == 'A' ? 'B' : 'A') + welcome[^1], Another).Refused(400, "mail_token_invalid");
        await Reset("anything", Another).Refused(400, "mail_token_invalid");

        var tokens = api.Services.GetRequiredService<IMailTokens>();
        var hash = await PasswordHash(anna);
        var now = TimeProvider.System.GetUtcNow();
        await Reset(tokens.Issue(MailPurpose.PasswordReset, TenantId.Platform, anna.Id, hash, now.AddSeconds(-1)), Another).Refused(400, "mail_token_invalid");
        await Reset(tokens.Issue(MailPurpose.PasswordReset, TenantId.Platform, anna.Id, "another hash", now.AddHours(1)), Another).Refused(400, "mail_token_invalid");
        await Reset(tokens.Issue(MailPurpose.PasswordReset, TenantId.Platform, anna.Id, hash, now.AddMinutes(1)), Another).Returns(204);
        await Reset(tokens.Issue(MailPurpose.PasswordReset, TenantId.Platform, anna.Id, hash, now.AddMinutes(1)), Another).Refused(400, "mail_token_invalid");
    }

    [Fact]
    public async Task Whoever_registers_proves_the_address()
    {
        var anna = await api.NewUser();
        (await anna.Session.Get("/auth/me").Returns(200)).Json.GetProperty("user").GetProperty("email_verified").GetBoolean().ShouldBeFalse();
        var code = await Mailed(anna.Email, "account.verify_email");
        await api.Guest.Post("/auth/email/verify", new { token = code }).Returns(204);
        await api.Guest.Post("/auth/email/verify", new { token = code }).Returns(204);
        (await anna.Session.Get("/auth/me").Returns(200)).Json.GetProperty("user").GetProperty("email_verified").GetBoolean().ShouldBeTrue();

        for (var i = 0; i < 3; i++)
        {
            await anna.Session.Post("/auth/email/verification").Returns(202);
        }

        await anna.Session.Post("/auth/email/verification").Refused(429, "too_many_attempts");
    }

    private ApiRequest Reset(string token, string password) => api.Guest.Post("/auth/password/reset", new { token, new_password = password });

    private async Task<string> Mailed(string email, string template)
    {
        var admin = await api.NewOperator();
        var mails = await admin.Get($"/admin/sandbox/outbox/messages?to={email}").Until(answer => Of(answer).Length > 0);
        return Code().Match(Of(mails)[0]).Value;

        string[] Of(ApiAnswer answer) =>
            [.. answer.Data.Where(mail => mail.GetProperty("template").GetString() == template).Select(mail => mail.GetProperty("text").GetString()!)];
    }

    private Task<string> PasswordHash(TestUser user) => api.In(TenantId.Platform, async services =>
        (await services.GetRequiredService<IAggregates>().Find<User, UserEvent>(user.Id, TestContext.Current.CancellationToken))!.State.PasswordHash);

    [GeneratedRegex("msm_[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
