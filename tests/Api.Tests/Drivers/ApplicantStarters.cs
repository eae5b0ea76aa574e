using System.Text.Json;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Drivers;

internal static class ApplicantStarters
{
    public static readonly byte[] Pdf = [.. "%PDF-1.7 "u8, .. Enumerable.Range(0, 2000).Select(i => (byte)i)];

    public static string ApplicationsAt(this TestBusiness shop, string step = "") => $"/storefronts/{shop.Subdomain}/driver-applications{step}";

    public static ApiRequest Apply(this ApiFixture api, TestBusiness shop, string email, string vehicle = "bicycle") =>
        api.Guest.Post(shop.ApplicationsAt(), new { name = "Emil Ek", email, phone = "+49 151 1234", vehicle_type = vehicle, plate = "HH-EE 1" });

    /// <summary>The code in the last such mail to the applicant.</summary>
    public static Task<string> Code(this TestBusiness shop, string email, string mail = "received") => shop.Mailed(email, $"driver_application.{mail}");

    public static ApiRequest HandIn(this ApiFixture api, TestBusiness shop, string code, string kind = "identity", string? expires = "2040-01-31", byte[]? file = null) =>
        api.Guest.Post(shop.ApplicationsAt("/documents"), new { token = code, kind, number = "L01X00T47", expires_on = expires, file = Convert.ToBase64String(file ?? Pdf) });

    public static async Task<string?> StatusOf(this ApiFixture api, TestBusiness shop, string code) =>
        (await api.Guest.Post(shop.ApplicationsAt("/status"), new { token = code }).Returns(200)).Json.Text("status");

    /// <summary>What the business sees of the application with this address that was not rejected.</summary>
    public static async Task<JsonElement> ApplicationOf(this TestBusiness shop, string email) => (await shop.Owner.Get("/business/driver-applications").Returns(200)).Data
        .Single(application => application.Text("email") == email && application.Text("status") != "rejected");

    /// <summary>Somebody on a bicycle whose paper waits to be checked.</summary>
    public static async Task<(Guid Application, Guid Document)> NewApplication(this ApiFixture api, TestBusiness shop)
    {
        var email = Starters.NewEmail("emil");
        await api.Apply(shop, email).Returns(202);
        await api.HandIn(shop, await shop.Code(email)).Returns(204);
        var application = await shop.ApplicationOf(email);
        return (application.Id(), application.GetProperty("documents")[0].Id());
    }

    /// <summary>The driver whom an approval has made.</summary>
    public static async Task<Guid> Enrolled(this TestBusiness shop, string path) =>
        (await shop.Owner.Get(path).Until(answer => answer.Json.TryGetProperty("driver_id", out _))).Json.GetProperty("driver_id").GetGuid();

    /// <summary>Somebody on a bicycle who has applied and drives.</summary>
    public static async Task<(string Email, string Path, Guid Driver)> NewDriverByApplication(this ApiFixture api, TestBusiness shop, string? email = null, string expires = "2040-01-31")
    {
        email ??= Starters.NewEmail("emil");
        var path = await api.Approved(shop, email, expires);
        return (email, path, await shop.Enrolled(path));
    }

    /// <summary>The application of somebody who has just been approved.</summary>
    public static async Task<string> Approved(this ApiFixture api, TestBusiness shop, string email, string expires = "2040-01-31")
    {
        await api.Apply(shop, email).Returns(202);
        await api.HandIn(shop, await shop.Code(email), expires: expires).Returns(204);
        var application = await shop.ApplicationOf(email);
        var path = $"/business/driver-applications/{application.Id()}";
        await shop.Owner.Post($"{path}/documents/{application.GetProperty("documents")[0].Id()}/approve").Returns(204);
        await shop.Owner.Post($"{path}/approve").Returns(204);
        return path;
    }

    /// <summary>By the business's clock.</summary>
    public static async Task<DateOnly> Today(this TestBusiness shop) =>
        DateOnly.FromDateTime((await shop.Advance("PT1S")).Json.GetProperty("now").GetDateTimeOffset().UtcDateTime);

    public static async Task<int> Mails(this TestBusiness shop, string email, string template) =>
        (await shop.Owner.Get($"/sandbox/outbox/messages?to={email}").Returns(200)).Data.Count(mail => mail.Text("template") == template);
}
