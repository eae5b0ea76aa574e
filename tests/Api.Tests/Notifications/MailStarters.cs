using System.Text.Json;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Notifications;

/// <summary>A mail as it stands in an outbox.</summary>
internal sealed record SentMail(Guid Id, JsonElement Json);

internal static class MailStarters
{
    /// <summary>Has the tenant send a mail, as messages of its queue do.</summary>
    public static Task Mail(this ApiFixture api, TenantId tenant, string to, string subject = "Hello", string? key = null, Guid? person = null) =>
        api.In(tenant, async services =>
        {
            await services.GetRequiredService<IEmailSender>().Send(
                new(to, subject, "Come in.", "test.hello", key ?? Guid.NewGuid().ToString(), "<p>Come in.</p>", person), TestContext.Current.CancellationToken);
            return true;
        });

    /// <summary>The business has sent a mail, and finds it in its outbox.</summary>
    public static async Task<SentMail> SentMail(this TestBusiness business, ApiFixture api)
    {
        var to = Starters.NewEmail();
        await api.Mail(new(business.Id), to);
        var mail = (await business.Owner.Get($"/sandbox/outbox/messages?to={to}").Returns(200)).Data.ShouldHaveSingleItem();
        return new(mail.GetProperty("id").GetGuid(), mail);
    }
}
