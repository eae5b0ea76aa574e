using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Drivers;

/// <summary>From an application to a driver, and what expired papers do (IAM-08, DRV-16).</summary>
public sealed class ApplyingToDrive(ApiFixture api)
{
    [Fact]
    public async Task Somebody_applies_is_checked_and_drives()
    {
        var (shop, _) = await api.NewShop();
        var email = Starters.NewEmail("emil");
        (await api.Apply(shop, $" {email.ToUpperInvariant()}", "scooter").Returns(202)).Text.ShouldBeEmpty();
        var code = await shop.Code(email);
        (await api.StatusOf(shop, code)).ShouldBe("applied");
        foreach (var kind in new[] { "identity", "driving_licence", "insurance" })
        {
            await api.HandIn(shop, code, kind).Returns(204);
        }

        (await api.StatusOf(shop, code)).ShouldBe("documents_pending");
        await api.HandIn(shop, code, "vehicle_registration", expires: null).Returns(204);
        (await api.StatusOf(shop, code)).ShouldBe("under_review");

        var application = await shop.ApplicationOf(email);
        var path = $"/business/driver-applications/{application.Id()}";
        (application.Text("name"), application.Text("email"), application.Text("plate"), application.Text("status")).ShouldBe(("Emil Ek", email, "HH-EE 1", "under_review"));
        var documents = application.GetProperty("documents").EnumerateArray().Select(document => document.Id()).ToArray();
        await shop.Owner.Post($"{path}/approve").Refused(409, "documents_missing");
        foreach (var document in documents[..3])
        {
            await shop.Owner.Post($"{path}/documents/{document}/approve").Returns(204);
        }

        await shop.Owner.Post($"{path}/documents/{documents[3]}/reject", new { reason = "too dark" }).Returns(204);
        (await api.StatusOf(shop, code)).ShouldBe("documents_pending");
        var again = await shop.Code(email, "document_rejected");
        await api.HandIn(shop, again, "vehicle_registration", expires: null).Returns(204);
        var last = (await shop.Owner.Get(path).Until(answer => answer.Json.Text("status") == "under_review")).Json.GetProperty("documents").EnumerateArray().Last().Id();
        await shop.Owner.Post($"{path}/documents/{last}/approve").Returns(204);
        await shop.Owner.Post($"{path}/approve").Returns(204);
        await shop.Owner.Post($"{path}/reject", new { reason = "no" }).Refused(409, "illegal_transition");

        var driver = await shop.Enrolled(path);
        (await shop.Owner.Get($"/business/drivers/{driver}").Returns(200)).Json.Text("vehicle_type").ShouldBe("scooter");
        var me = await (await SignedIn(email)).Get("/driver/me").Returns(200);
        (me.Json.Id(), me.Json.GetProperty("businesses")[0].GetProperty("business_id").GetGuid()).ShouldBe((driver, shop.Id));
    }

    [Fact]
    public async Task A_file_is_sealed_and_only_for_the_business_that_it_was_sent_to()
    {
        var ((acme, _), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var (application, document) = await api.NewApplication(acme);
        var file = $"/business/driver-applications/{application}/documents/{document}/file";
        using var answer = await acme.Owner.Get(file).Open();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(ApplicantStarters.Pdf);
        await globex.Owner.Get(file).Refused(404, "not_found");
        (await new WholeDatabase(api.Database).Texts($"select sealed from document_files where file_id = '{document}'")).ShouldHaveSingleItem()
            .ShouldNotContain(Convert.ToBase64String(ApplicantStarters.Pdf)[..30]);
        (await acme.Owner.Get("/business/log/export").Returns(200)).Text.ShouldNotContain(Convert.ToBase64String(ApplicantStarters.Pdf)[..30]);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_and_says_where()
    {
        var (shop, _) = await api.NewShop();
        var email = Starters.NewEmail("emil");
        await api.Apply(shop, email).Returns(202);
        var code = await shop.Code(email);
        await api.HandIn(shop, code, file: [.. "<html>"u8]).Refused(400, "file_type_unknown");
        (await api.HandIn(shop, code, file: []).Refused(400, "validation_failed")).Faults.ShouldBe(["/file file_size_invalid"]);
        (await api.HandIn(shop, code, file: [.. "%PDF-"u8, .. new byte[3 * 1024 * 1024]]).Refused(400, "validation_failed")).Faults.ShouldBe(["/file file_size_invalid"]);
        var large = new ByteArrayContent(new byte[6 * 1024 * 1024]) { Headers = { ContentType = new("application/json") } }; // of a length that is announced, so refused unread
        await api.Guest.Post(shop.ApplicationsAt("/documents"), large).Refused(413, "body_too_large");
        await api.HandIn(shop, code, expires: "2020-01-01").Refused(400, "document_expired");
        await api.HandIn(shop, code, kind: "passport").Refused(400, "invalid_json");
        await api.HandIn(shop, code[..^2] + "xx").Refused(400, "mail_token_invalid");
        (await api.StatusOf(shop, code)).ShouldBe("applied");
        (await new WholeDatabase(api.Database).Number($"select count(*) from document_files where tenant_id = '{shop.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_learns_who_has_applied_or_has_an_account()
    {
        var ((acme, _), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var (email, owner) = (Starters.NewEmail("emil"), acme.User.Email);
        foreach (var address in new[] { email, email, owner })
        {
            (await api.Apply(acme, address).Returns(202)).Text.ShouldBeEmpty();
        }

        var code = await acme.Code(email);
        (await acme.Owner.Get("/business/driver-applications").Returns(200)).Data.Count(application => application.Text("email") == email).ShouldBe(1);
        await api.Apply(acme, email).Returns(202);
        await api.Apply(acme, email).Refused(429, "too_many_attempts");
        await api.Apply(acme, "emil").Refused(400, "validation_failed");
        await api.Guest.Post(globex.ApplicationsAt("/status"), new { token = code }).Refused(400, "mail_token_invalid");
    }

    [Fact]
    public async Task Whoever_was_rejected_may_apply_again()
    {
        var (shop, _) = await api.NewShop();
        var email = Starters.NewEmail("emil");
        await api.Apply(shop, email).Returns(202);
        var code = await shop.Code(email);
        var first = (await shop.ApplicationOf(email)).Id();
        await shop.Owner.Post($"/business/driver-applications/{first}/reject", new { reason = "no bicycle" }).Returns(204);
        await shop.Owner.Post($"/business/driver-applications/{first}/approve").Refused(409, "illegal_transition");
        await api.HandIn(shop, code).Refused(409, "illegal_transition");
        await api.Apply(shop, email).Returns(202);
        var second = await shop.ApplicationOf(email);
        (second.Id() == first, second.Text("status")).ShouldBe((false, "applied"));
        (await shop.Owner.Get("/business/driver-applications?status=rejected").Returns(200)).Data.ShouldHaveSingleItem().Id().ShouldBe(first);
    }

    [Fact]
    public async Task Whose_paper_expires_is_reminded_suspended_and_reinstated_with_another_one()
    {
        var (shop, _) = await api.NewShop();
        var (email, today) = (Starters.NewEmail("emil"), await shop.Today());
        await api.Apply(shop, email).Returns(202);
        await api.HandIn(shop, await shop.Code(email), expires: today.AddDays(90).ToString("O")).Returns(204);
        var application = await shop.ApplicationOf(email);
        var path = $"/business/driver-applications/{application.Id()}";
        await shop.Owner.Post($"{path}/documents/{application.GetProperty("documents")[0].Id()}/approve").Returns(204);
        await shop.Owner.Post($"{path}/approve").Returns(204);
        var driver = await shop.Enrolled(path);

        await shop.Advance("P59D");
        (await shop.Mails(email, "driver_application.document_expires")).ShouldBe(0);
        await shop.Advance("P1D");
        var code = await shop.Code(email, "document_expires");
        await shop.Advance("P30D");
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("approved", "it is good on its last day");
        await shop.Advance("P1D");
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("suspended");
        (await shop.Mails(email, "driver_application.document_expires")).ShouldBe(1);
        await shop.Owner.Get($"/business/drivers/{driver}").Until(answer => answer.Status == 404);

        await api.HandIn(shop, code).Returns(204);
        var renewal = (await shop.Owner.Get(path).Returns(200)).Json.GetProperty("documents").EnumerateArray().Last().Id();
        await shop.Owner.Post($"{path}/documents/{renewal}/approve").Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("approved");
        await shop.Owner.Get($"/business/drivers/{driver}").Until(answer => answer.Status == 200);
    }

    [Fact]
    public async Task Whoever_withdraws_or_is_erased_leaves_no_trace()
    {
        var (shop, _) = await api.NewShop();
        foreach (var byBusiness in new[] { false, true })
        {
            var email = Starters.NewEmail("emil");
            await api.Apply(shop, email).Returns(202);
            var code = await shop.Code(email);
            await api.HandIn(shop, code).Returns(204);
            var id = (await shop.ApplicationOf(email)).Id();
            await (byBusiness
                ? (await shop.Owner.SteppedUp()).Post($"/business/driver-applications/{id}/erase", new { reason = "requested" })
                : api.Guest.Post(shop.ApplicationsAt("/withdraw"), new { token = code })).Returns(204);
            await api.Guest.Post(shop.ApplicationsAt("/status"), new { token = code }).Refused(400, "mail_token_invalid");
            var left = await shop.Owner.Get($"/business/driver-applications/{id}").Until(answer => !answer.Text.Contains(email, StringComparison.Ordinal));
            left.Json.Text("status").ShouldBe("closed");
            left.Text.ShouldNotContain("L01X00T47");
            left.Text.ShouldNotContain("Emil Ek");
            (await new WholeDatabase(api.Database).Number($"select count(*) from document_files where subject_id = '{id}'")).ShouldBe(0);
            (await shop.Mails(email, "driver_application.received")).ShouldBe(0);
        }
    }

    /// <summary>With the password that the mail lets choose.</summary>
    private async Task<Session> SignedIn(string email)
    {
        var admin = await api.NewOperator();
        var mails = await admin.Get($"/admin/sandbox/outbox/messages?to={email}").Until(answer => Welcome(answer).Length > 0);
        var token = Regex.Match(Welcome(mails)[0], "msm_[A-Za-z0-9_-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await api.Guest.Post("/auth/password/reset", new { token, new_password = Starters.Password }).Returns(204);
        return api.SignedIn(await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200)).Session;

        static string[] Welcome(ApiAnswer answer) => [.. answer.Data.Where(mail => mail.Text("template") == "driver.welcome").Select(mail => mail.Text("text")!)];
    }
}
