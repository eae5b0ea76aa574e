using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Events;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.ApiKeys;

/// <summary>What a program can do with a key of a business (IAM-13).</summary>
public sealed class UsingAKey(ApiFixture api)
{
    [Fact]
    public async Task It_opens_what_its_scopes_name_and_the_log_says_which_key_it_was()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "products:write", "products:read", "history:read");
        var category = await key.Program.Post("/business/categories", new { name = "Garden" }).Returns(201);
        (await key.Program.Get("/business/categories").Returns(200)).Data.Single().Id().ShouldBe(category.Id);

        var actor = (await key.Program.Get($"/history/categories/{category.Id}").Returns(200)).Data[0].GetProperty("actor");
        (actor.Text("type"), actor.Id(), actor.Text("role")).ShouldBe(("api_key", key.Id, "integrator"));
        (await shop.Owner.Get($"/business/audit?actor={key.Id}").Returns(200)).Data.Select(entry => entry.Text("action")).ShouldBe(["CreateCategory"]);
    }

    [Fact]
    public async Task Where_a_scope_is_missing_it_is_named_and_the_business_hears_of_it()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read");
        await key.Program.Get("/business/orders").Returns(200);
        var refused = await key.Program.Post("/business/products", new { name = "Spade" }).Refused(403, "missing_permission");
        (refused.Json.Text("permission"), refused.Json.Text("detail")).ShouldBe(("products:write", "Your API key does not have the scope products:write."));
        await (await api.NewKey(shop)).Program.Get("/business/orders").Refused(403, "missing_permission");

        var told = (await shop.Owner.Get($"/business/audit?outcome=refused&actor={key.Id}").Returns(200)).Data.ShouldHaveSingleItem();
        (told.Text("action"), told.GetProperty("actor").Text("type")).ShouldBe(("CreateProduct", "api_key"));
    }

    [Fact]
    public async Task It_counts_in_its_own_business_only()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var category = await globex.Owner.Post("/business/categories", new { name = "Garden" }).Returns(201);
        var key = await api.NewKey(acme, "products:read", "products:write", "keys:read");
        await key.Program.Get($"/business/categories/{category.Id}").Refused(404, "not_found");
        await key.Program.Get($"/business/api-keys/{(await api.NewKey(globex)).Id}").Refused(404, "not_found");
        (await key.Program.Get("/business/api-keys").Returns(200)).Data.Select(entry => entry.Id()).ShouldBe([key.Id]);
        await globex.Sell();
        await key.Program.Get($"/storefronts/{globex.Subdomain}").Returns(200);
    }

    [Fact]
    public async Task It_is_shown_in_a_header_of_its_own_too()
    {
        var key = await api.NewKey(await api.NewBusiness(), "orders:read");
        await api.Guest.Get("/business/orders").With("X-Api-Key", key.Text).Returns(200);
        (await key.Program.Get("/business/orders").With("X-Api-Key", key.Text).Refused(400, "two_credentials")).Faults.ShouldBe(["X-Api-Key two_credentials"]);
        await api.Guest.Get("/business/orders").With("X-Api-Key", "something").Refused(401, "invalid_api_key");
    }

    [Fact]
    public async Task It_is_nobody_who_signs_in_or_knows_a_PIN()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "webhooks:write", "projections:rebuild", "log:export", "team:read");
        var id = Guid.NewGuid();
        ApiRequest[] ofPeople =
        [
            key.Program.Get("/auth/me"),
            key.Program.Get("/businesses"),
            key.Program.Post("/businesses", new { name = "Other", currency = "EUR", timezone = "Europe/Berlin" }),
            key.Program.Post("/auth/switch-business", new { business_id = shop.Id }),
            key.Program.Post("/auth/step-up", new { pin = Starters.Pin }),
            key.Program.Post($"/webhook-endpoints/{id}/rotate-secret"),
            key.Program.Post("/business/projections/orders/rebuilds", new { }),
        ];
        foreach (var request in ofPeople)
        {
            await request.Refused(403, "api_key_not_allowed");
        }

        await key.Program.Get("/business/team").Returns(200);
        (await key.Program.Get("/business/log/export").Returns(200)).Text.ShouldContain("business_profile.created");
        await api.Guest.Post("/auth/invitations/accept", new { token = "something" }).With("X-Api-Key", key.Text).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Nothing_that_only_looks_like_a_key_is_one()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read");
        var other = await api.NewKey(await api.NewBusiness(), "orders:read");
        string[] wrong =
        [
            "msk_", "msk_live_", "mpk_test_", "msk_live_" + new string('A', 92), "msk_live_" + new string('.', 92), "msk_live_" + new string('=', 92), new string('m', 5000),
            key.Text[..^1], key.Text + "A", key.Text + "=", key.Text + " x", key.Text.ToUpperInvariant(), "x" + key.Text, key.Text.Replace("_", "-", StringComparison.Ordinal),
            key.Text[..20] + (key.Text[20] == 'A' ? 'B' : 'A') + key.Text[21..],
            "msk_test_" + key.Text[9..], "mpk_live_" + key.Text[9..], "msk_" + key.Text[9..], // as it is, elsewhere
            key.Forged("msk_test_"), key.Forged("mpk_live_"), key.Forged("mpk_test_"), // in the wrong mode, or of another kind
            key.Forged("msk_live_", bytes => bytes[40] ^= 1), // another secret
            key.Forged("msk_live_", bytes => bytes[20] ^= 1), // another id
            key.Forged("msk_live_", bytes => bytes[3] ^= 1), // of a business that is not there
            key.Forged("msk_live_", bytes => new Guid(shop.User.Id.ToString()).TryWriteBytes(bytes, bigEndian: true, out _)),
            key.Forged("msk_live_", bytes => TenantId.Platform.Value.TryWriteBytes(bytes, bigEndian: true, out _)),
            other.Forged("msk_live_", bytes => shop.Id.TryWriteBytes(bytes, bigEndian: true, out _)), // of another business, moved here
        ];
        foreach (var text in wrong)
        {
            var code = text.StartsWith("msk_", StringComparison.Ordinal) || text.StartsWith("mpk_", StringComparison.Ordinal) ? "invalid_api_key" : "invalid_token";
            (await api.As(text).Get("/business/orders").Refused(401, code)).Header("WWW-Authenticate").ShouldBe("Bearer error=\"invalid_token\"");
            await api.Guest.Get("/business/orders").With("X-Api-Key", text).Refused(401, "invalid_api_key");
            await api.As(text).Get($"/storefronts/{shop.Subdomain}").Refused(401, code);
        }

        key.Forged("msk_live_").ShouldBe(key.Text);
        await key.Program.Get("/business/orders").Returns(200);
    }

    [Fact]
    public async Task A_suspended_business_takes_no_commands_from_its_programs_either()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "products:write", "products:read");
        await api.Change($"update tenants set status = 'suspended' where tenant_id = '{shop.Id}'");
        await key.Program.Post("/business/categories", new { name = "Garden" }).Refused(423, "business_suspended");
        await key.Program.Get("/business/categories").Returns(200);
        await shop.Owner.Post("/business/api-keys", new { }).Refused(423, "business_suspended");
        await shop.Owner.Delete(key.Path).Returns(204); // a key in wrong hands does not wait
        await key.Program.Get("/business/categories").Refused(401, "api_key_revoked");
    }

    [Fact]
    public async Task Its_last_use_is_told_to_the_minute()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "orders:read");
        (await shop.Owner.Get(key.Path).Returns(200)).Json.TryGetProperty("last_used_at", out _).ShouldBeFalse();
        await key.Program.Get("/business/products").Refused(403, "missing_permission");
        var first = (await shop.Owner.Get(key.Path).Returns(200)).Json.GetProperty("last_used_at").GetDateTimeOffset();
        (TimeProvider.System.GetUtcNow() - first).ShouldBeLessThan(TimeSpan.FromMinutes(5));

        var written = await Writes(key);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => key.Program.Get("/business/orders").Returns(200)));
        (await Writes(key)).ShouldBe(written);
        await api.Change($"update api_key_uses set last_used_at = last_used_at - interval '1 min' where key_id = '{key.Id}'");
        var before = await Writes(key);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => key.Program.Get("/business/orders").Returns(200)));
        (await Writes(key)).ShouldNotBe(before);
        (await shop.Owner.Get("/business/api-keys").Returns(200)).Data.Single().GetProperty("last_used_at").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(first);
    }

    [Fact]
    public async Task It_follows_events_and_moves_the_clock_of_its_own_business()
    {
        var shop = await api.NewBusiness(mode: "test");
        var key = await api.NewKey(shop, "events:read", "clock:advance", "products:write");
        key.Text.ShouldStartWith("msk_test_");
        await key.Program.Post("/business/categories", new { name = "Garden" }).Returns(201);
        (await key.Program.Get("/events/stream?after=0").Send()).Text.ShouldContain("category.created");
        await key.Program.Post($"/test-clocks/{shop.TestClockId}/advance", new { by = "PT1M" }).Returns(200);
    }

    [Fact]
    public async Task Its_streams_end_with_it()
    {
        var shop = await api.NewBusiness();
        var key = await api.NewKey(shop, "events:read");
        await using var listener = await Listener.Open(key.Program.Get("/events/stream"));
        await shop.Owner.Delete(key.Path).Returns(204);
        await shop.Owner.Post("/business/categories", new { name = "Garden" }).Returns(201);
        (await listener.Next()).Text.ShouldBe("""{"reason":"session_over"}""");
        (await listener.NextOrEnd()).ShouldBeNull();
    }

    private async Task<string> Writes(TestKey key) => (await new WholeDatabase(api.Database).Texts($"select xmin::text from api_key_uses where key_id = '{key.Id}'")).Single();
}
