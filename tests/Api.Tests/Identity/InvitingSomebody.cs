using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Invitations by mail, from the mail to the seat (TEN-16).</summary>
public sealed partial class InvitingSomebody(ApiFixture api)
{
    [Fact]
    public async Task A_new_user_registers_and_joins_in_one_call()
    {
        var shop = await api.NewBusiness(mode: "test");
        var email = Starters.NewEmail("dora");
        var invited = await shop.Owner.Post("/business/team/invitations", new { email, role = "cashier" }).Returns(201);
        invited.Json.GetProperty("email").GetString().ShouldBe(email);
        var token = await Mailed(shop, email);
        await api.Guest.Post("/auth/invitations/accept", new { token }).Refused(401, "unauthenticated");
        (await api.Guest.Post("/auth/invitations/accept", new { token, full_name = "Dora", password = "short" }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/password password_too_short"]);

        var joined = (await api.Guest.Post("/auth/invitations/accept", new { token, full_name = "Dora", password = Starters.Password }).Returns(200)).Json;
        joined.GetProperty("user").GetProperty("email").GetString().ShouldBe(email);
        joined.GetProperty("user").GetProperty("email_verified").GetBoolean().ShouldBeFalse("others can read what a test business mails");
        joined.GetProperty("business").GetProperty("id").GetGuid().ShouldBe(shop.Id);
        await api.As(joined.GetProperty("access_token").GetString()!).Get("/business/orders").Returns(200);
        (await shop.Owner.Get("/business/team/invitations").Returns(200)).Data.ShouldBeEmpty();
        await api.Guest.Post("/auth/invitations/accept", new { token, full_name = "Eve", password = Starters.Password }).Refused(400, "mail_token_invalid");
    }

    [Fact]
    public async Task Who_reads_a_test_business_s_mails_does_not_become_a_member_by_them()
    {
        var shop = await api.NewBusiness(mode: "test");
        var key = await shop.Owner.Post("/business/api-keys", new { kind = "secret", scopes = new[] { "sandbox:read" } }).Returns(201);
        var email = Starters.NewEmail("dora");
        await shop.Owner.Post("/business/team/invitations", new { email, role = "manager" }).Returns(201);
        await Mailed(shop, email);
        var mail = (await shop.Owner.Get($"/sandbox/outbox/messages?to={email}").Returns(200)).Data.ShouldHaveSingleItem().Id();
        var reader = api.As(key.Json.GetProperty("key").GetString()!);
        (await reader.Get($"/sandbox/outbox/messages?to={email}").Returns(200)).Data.ShouldBeEmpty();
        await reader.Get($"/sandbox/outbox/messages/{mail}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Whoever_is_signed_in_joins_as_who_they_are()
    {
        var shop = await api.NewBusiness(mode: "test");
        var bob = await api.NewUser("bob");
        await shop.Owner.Post("/business/team/invitations", new { email = bob.Email, role = "staff" }).Returns(201);
        var token = await Mailed(shop, bob.Email);
        await api.Guest.Post("/auth/invitations/accept", new { token, full_name = "Bob", password = Starters.Password }).Refused(409, "email_taken");
        var joined = (await bob.Session.Post("/auth/invitations/accept", new { token }).Returns(200)).Json;
        joined.GetProperty("business").GetProperty("role").GetString().ShouldBe("staff");
        joined.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        await shop.Owner.Post("/business/team/invitations", new { email = bob.Email, role = "staff" }).Refused(409, "membership_exists");
    }

    [Fact]
    public async Task The_last_mail_alone_is_good_and_none_after_a_cancel()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (email, bob) = (Starters.NewEmail(), await api.NewUser("bob"));
        var path = $"/business/team/invitations/{(await shop.Owner.Post("/business/team/invitations", new { email, role = "staff" }).Returns(201)).Id}";
        await shop.Owner.Post("/business/team/invitations", new { email, role = "staff" }).Refused(409, "invitation_exists");
        var first = await Mailed(shop, email);
        await shop.Owner.Post($"{path}/resend").Returns(204);
        var second = await Mailed(shop, email, mails: 2);
        await bob.Session.Post("/auth/invitations/accept", new { token = first }).Refused(400, "mail_token_invalid");
        await shop.Owner.Delete(path).Returns(204);
        await bob.Session.Post("/auth/invitations/accept", new { token = second }).Refused(400, "mail_token_invalid");
        await shop.Owner.Post($"{path}/resend").Refused(409, "invitation_over");
        await bob.Session.Post("/auth/invitations/accept", new { token = "msm_nonsense" }).Refused(400, "mail_token_invalid");
    }

    [Fact]
    public async Task An_address_with_an_account_is_answered_as_one_without()
    {
        var shop = await api.NewBusiness(mode: "test");
        var answers = new[]
        {
            await shop.Owner.Post("/business/team/invitations", new { email = (await api.NewUser()).Email, role = "staff" }).Returns(201),
            await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "staff" }).Returns(201),
        };
        answers.Select(answer => string.Join(' ', answer.Json.EnumerateObject().Select(member => member.Name))).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_takes_the_PIN_to_change_who_is_in_the_team()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser());
        var member = await api.NewUser("member");
        await api.Grant(member, shop, Domain.Identity.Role.Staff);
        await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "owner" }).Refused(403, "step_up_required");
        await shop.Owner.Post($"/business/team/{member.Id}/deactivate").Refused(403, "step_up_required");
        await shop.Owner.Post($"/business/team/{member.Id}/reactivate").Refused(403, "step_up_required");
    }

    [Fact]
    public async Task The_same_request_from_another_business_of_the_same_owner_is_another_one()
    {
        var (acme, globex, email) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"), Starters.NewEmail());
        var ids = new List<Guid>();
        foreach (var owner in new[] { acme.Owner, globex.Owner, globex.Owner })
        {
            ids.Add((await owner.Post("/business/team/invitations", new { email, role = "staff" }).Key("invite-bob").Returns(201)).Id);
        }

        (ids[1] == ids[0], ids[1] == ids[2]).ShouldBe((false, true));
    }

    [Fact]
    public async Task Nobody_takes_back_what_they_could_not_give()
    {
        var shop = await api.NewBusiness();
        var manager = await api.NewMember(shop, Domain.Identity.Role.Manager);
        var (owner, staff) = (await Invited("owner"), await Invited("staff"));
        await manager.Delete($"/business/team/invitations/{owner}").Refused(403, "role_above_yours");
        await manager.Delete($"/business/team/invitations/{staff}").Returns(204);
        await shop.Owner.Delete($"/business/team/invitations/{owner}").Returns(204);

        async Task<Guid> Invited(string role) =>
            (await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role }).Returns(201)).Id;
    }

    [Fact]
    public async Task Nobody_invites_above_themselves()
    {
        var shop = await api.NewBusiness();
        var manager = await api.NewMember(shop, Domain.Identity.Role.Manager);
        await (await manager.SteppedUp()).Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "owner" }).Refused(403, "role_above_yours");
        await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "driver" }).Refused(400, "role_not_possible");
        await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail() }).Refused(400, "role_not_possible");
    }

    /// <summary>The code of the last mail to an address, of that many.</summary>
    private static async Task<string> Mailed(TestBusiness business, string email, int mails = 1)
    {
        var sent = await business.Owner.Get($"/sandbox/outbox/messages?to={email}").Until(answer => answer.Data.Length == mails);
        return Code().Match(sent.Data.Select(mail => mail.GetProperty("text").GetString()!).First()).Value;
    }

    [GeneratedRegex("msm_[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}

/// <summary>In a product of its own, in which a business has three seats.</summary>
public sealed class CountingSeats : IAsyncLifetime
{
    private readonly ApiFixture api = new(hasDemo: false, ("Entitlements:Seats", "3"));

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Of_many_who_are_invited_at_once_as_many_as_there_are_seats()
    {
        var shop = await api.NewBusiness();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "staff" }).Send()));
        answers.Count(answer => answer.Status == 201).ShouldBe(2);
        answers.Count(answer => answer.Status == 409).ShouldBe(4);
        var refused = await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "staff" }).Refused(409, "seat_limit_reached");
        (refused.Json.GetProperty("limit").GetInt32(), refused.Json.GetProperty("used").GetInt32()).ShouldBe((3, 3));

        var open = (await shop.Owner.Get("/business/team/invitations").Returns(200)).Data;
        await shop.Owner.Delete($"/business/team/invitations/{open[0].Id()}").Returns(204);
        await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "staff" }).Returns(201);
    }
}
