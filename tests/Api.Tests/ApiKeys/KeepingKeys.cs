using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.ApiKeys;

/// <summary>Creating keys, and what becomes of them (IAM-12, IAM-13).</summary>
public sealed class KeepingKeys(ApiFixture api)
{
    [Fact]
    public async Task A_key_is_shown_once_and_listed_with_what_it_opens()
    {
        var shop = await api.NewBusiness();
        var request = new { name = "Ledger", scopes = new[] { "orders:read", "business:read", "orders:read" } };
        var created = await shop.Owner.Post("/business/api-keys", request).Key("ledger").Returns(201);
        created.Header("Location").ShouldBe($"/api/v1/business/api-keys/{created.Id}");
        created.Shown().ShouldStartWith("msk_live_");
        var again = await shop.Owner.Post("/business/api-keys", request).Key("ledger").Returns(201);
        (again.Shown(), again.Header("Idempotency-Replayed")).ShouldBe((created.Shown(), "true"));

        var listed = (await shop.Owner.Get("/business/api-keys").Returns(200)).Data.ShouldHaveSingleItem();
        (listed.Text("name"), listed.Text("kind"), listed.Text("status"), listed.GetProperty("created_by").GetGuid()).ShouldBe(("Ledger", "secret", "active", shop.User.Id));
        listed.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["business:read", "orders:read"]);
        listed.TryGetProperty("key", out _).ShouldBeFalse();
        await api.NewKey(shop);
        var page = await shop.Owner.Get("/business/api-keys?limit=1").Returns(200);
        page.Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        (await shop.Owner.Get($"/business/api-keys?limit=1&cursor={page.Json.Text("next_cursor")}").Returns(200)).Data.Single().Id().ShouldBe(created.Id);
    }

    [Fact]
    public async Task It_is_renamed_and_stays_what_it_is()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read");
        var renamed = await shop.Owner.Patch(key.Path, new { name = "Accounts" }).IfMatch("\"v1\"").Returns(204);
        await shop.Owner.Patch(key.Path, new { name = "Ledger" }).IfMatch("\"v1\"").Refused(412, "stale_version");
        await shop.Owner.Patch(key.Path, new { name = new string('n', 101) }).Refused(400, "name_invalid");
        (await shop.Owner.Get(key.Path).Returns(200)).ETag.ShouldBe(renamed.ETag);
        await shop.Owner.Patch(key.Path, new { name = (string?)null }).Returns(204);
        (await shop.Owner.Get(key.Path).Returns(200)).Json.TryGetProperty("name", out _).ShouldBeFalse();
        await key.Program.Get("/business/orders").Returns(200);
    }

    [Fact]
    public async Task Nobody_gives_a_key_more_than_they_hold_or_what_is_for_people()
    {
        var shop = await api.NewBusiness();
        var role = (await shop.Owner.Post("/business/roles", new { name = "Admin", permissions = new[] { "keys:read", "keys:write", "orders:read" } }).Returns(201)).Id;
        var member = await api.NewUser("member");
        await api.Grant(member, shop, Role.Staff);
        await shop.Owner.Patch($"/business/team/{member.Id}", new { role_id = role }).Returns(204);
        var admin = await (await api.Switch(member, shop.Id)).SteppedUp();

        var refused = await admin.Post("/business/api-keys", new { scopes = new[] { "orders:read", "products:write", "orders:write" } }).Refused(403, "scopes_above_yours");
        refused.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["products:write", "orders:write"]);
        await admin.Post("/business/api-keys", new { scopes = new[] { "orders:read" } }).Returns(201);
        var ledger = await api.NewKey(shop, "orders:read", "log:export");
        (await admin.Post($"{ledger.Path}/rotate").Refused(403, "scopes_above_yours")).Json.GetProperty("scopes").EnumerateArray().Single().GetString().ShouldBe("log:export");
        await admin.Post($"{(await api.NewKey(shop, "orders:read")).Path}/rotate").Returns(200);
        (await shop.Owner.Post("/business/api-keys", new { scopes = new[] { "orders:read", "keys:write", "roles:write", "team:write", "admin:keys", "orders:*" } }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/scopes/4 permission_unknown", "/scopes/5 permission_unknown", "/scopes/1 scope_not_for_keys", "/scopes/2 scope_not_for_keys", "/scopes/3 scope_not_for_keys"]);
        await shop.Owner.Post("/business/api-keys", new { kind = "publishable", scopes = new[] { "orders:read" } }).Refused(400, "scopes_invalid");
        await shop.Owner.Post("/business/api-keys", new { expires_at = "2020-01-01T00:00:00Z" }).Refused(400, "expiry_invalid");
        var listed = (await shop.Owner.Get("/business/permissions").Returns(200)).Data;
        listed.Where(entry => !entry.GetProperty("for_keys").GetBoolean()).Select(entry => entry.Text("permission")).ShouldBe(["business:close", "team:write", "roles:write", "keys:write"]);
    }

    [Fact]
    public async Task It_takes_the_PIN_to_get_a_key()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser());
        await shop.Owner.Post("/business/api-keys", new { }).Refused(403, "step_up_required");
        await shop.Owner.SteppedUp();
        var key = await api.NewKey(shop, "orders:read");
        await api.Change($"update sessions set stepped_up_until = clock_timestamp() where account_id = '{shop.User.Id}'");
        await shop.Owner.Post($"{key.Path}/rotate").Refused(403, "step_up_required");
        await shop.Owner.Delete(key.Path).Returns(204); // to get rid of one does not
    }

    [Fact]
    public async Task After_a_rotation_both_are_good_for_a_while()
    {
        var shop = await api.NewBusiness(mode: "test");
        var key = await api.NewKey(shop, "orders:read");
        await shop.Owner.Post($"{key.Path}/rotate", new { overlap = "P7DT1S" }).Refused(400, "overlap_invalid");
        await shop.Owner.Post($"{key.Path}/rotate", new { overlap = "a day" }).Refused(400, "invalid_duration");
        var rotated = await shop.Owner.Post($"{key.Path}/rotate").Key("rotate").Returns(200);
        var second = api.As(rotated.Shown());
        (await shop.Owner.Post($"{key.Path}/rotate").Key("rotate").Returns(200)).Shown().ShouldBe(rotated.Shown());
        await key.Program.Get("/business/orders").Returns(200);
        await second.Get("/business/orders").Returns(200);
        (await shop.Owner.Get(key.Path).Returns(200)).Json.GetProperty("previous_valid_until").GetDateTimeOffset()
            .ShouldBe(rotated.Json.GetProperty("previous_valid_until").GetDateTimeOffset());

        await shop.Advance("P1D");
        await key.Program.Get("/business/orders").Refused(401, "api_key_rotated");
        await second.Get("/business/orders").Returns(200);
    }

    [Fact]
    public async Task A_rotation_can_end_the_key_from_before_at_once_and_any_but_the_last_two()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read");
        var second = api.As((await shop.Owner.Post($"{key.Path}/rotate", new { overlap = "P7D" }).Returns(200)).Shown());
        var third = api.As((await shop.Owner.Post($"{key.Path}/rotate", new { overlap = "P7D" }).Returns(200)).Shown());
        await key.Program.Get("/business/orders").Refused(401, "invalid_api_key");
        await second.Get("/business/orders").Returns(200);
        var last = api.As((await shop.Owner.Post($"{key.Path}/rotate", new { overlap = "PT0S" }).Returns(200)).Shown());
        await third.Get("/business/orders").Refused(401, "api_key_rotated");
        await last.Get("/business/orders").Returns(200);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_by_every_process_from_the_next_request_on()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read", "products:write");
        await using var twin = api.Twin();
        await twin.As(key.Text).Get("/business/orders").Returns(200);
        await shop.Owner.Delete(key.Path).Returns(204);
        await twin.As(key.Text).Get("/business/orders").Refused(401, "api_key_revoked");
        await key.Program.Post("/business/categories", new { name = "Garden" }).Refused(401, "api_key_revoked");

        await shop.Owner.Delete(key.Path).Returns(204);
        (await shop.Owner.Get(key.Path).Returns(200)).Json.Text("status").ShouldBe("revoked");
        await shop.Owner.Patch(key.Path, new { name = "Ledger" }).Refused(409, "api_key_revoked");
        await shop.Owner.Post($"{key.Path}/rotate").Refused(409, "api_key_revoked");
        var told = (await shop.Owner.Get($"/business/audit?outcome=refused&actor={key.Id}").Returns(200)).Data.ShouldHaveSingleItem();
        (told.Text("action"), told.GetProperty("refusal").Text("code")).ShouldBe(("CreateCategory", "api_key_revoked"));
    }

    [Fact]
    public async Task It_expires_by_the_time_of_its_business()
    {
        var shop = await api.NewBusiness(mode: "test");
        var now = (await shop.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var created = await shop.Owner.Post("/business/api-keys", new { scopes = new[] { "orders:read" }, expires_at = now.AddHours(1) }).Returns(201);
        var program = api.Key(created).Program;
        await program.Get("/business/orders").Returns(200);
        await shop.Advance("PT1H");
        await program.Get("/business/orders").Refused(401, "api_key_expired");
        (await shop.Owner.Get($"/business/api-keys/{created.Id}").Returns(200)).Json.Text("status").ShouldBe("expired");
        await shop.Owner.Post($"/business/api-keys/{created.Id}/rotate").Refused(409, "api_key_expired");
    }

    [Fact]
    public async Task Without_the_plan_for_it_there_are_no_keys_but_those_of_storefronts()
    {
        await using var product = new ApiFixture(hasDemo: false);
        await product.InitializeAsync();
        var shop = await product.NewBusiness();
        var key = await product.NewKey(shop, "orders:read");
        await product.Restart(() => Task.CompletedTask, ("Entitlements:Withheld:0", "api_access"));
        await product.As(key.Text).Get("/business/orders").Refused(403, "api_access_not_in_plan");
        var owner = product.As(Starters.Token(await product.Guest.Post("/auth/login", new { email = shop.User.Email, password = shop.User.Password }).Returns(200)));
        owner = await (await product.Switch(shop.User with { Session = owner }, shop.Id)).SteppedUp();
        await owner.Post("/business/api-keys", new { scopes = new[] { "orders:read" } }).Refused(403, "api_access_not_in_plan");
        await owner.Post($"{key.Path}/rotate").Refused(403, "api_access_not_in_plan");
        await owner.Post("/business/api-keys", new { kind = "publishable" }).Returns(201);
        await owner.Delete(key.Path).Returns(204);
    }
}
