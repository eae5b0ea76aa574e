using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.TestSupport;

namespace Mainstreet.Api.Tests.Privacy;

/// <summary>A product of its own, which is started with one key after another.</summary>
public sealed class ChangingTheMasterKey : IAsyncDisposable
{
    private const string Current = "Security:MasterKey";
    private const string Previous = "Security:PreviousMasterKeys:0";
    private const string A = TestDatabase.MasterKey;
    private static readonly string B = Convert.ToBase64String([.. Enumerable.Repeat((byte)66, 32)]);
    private static readonly string C = Convert.ToBase64String([.. Enumerable.Repeat((byte)67, 32)]);

    private readonly ApiFixture api = new();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task What_one_key_sealed_is_there_when_only_the_next_one_is_known()
    {
        await api.InitializeAsync();
        await using var receiver = await WebhookReceiver.Start();
        var business = await api.NewBusiness();
        var webhook = await business.NewWebhook(receiver);
        var variant = await business.Sell();
        var basket = new Basket(new BasketLine(variant));
        var checkout = Guid.NewGuid().ToString();
        var order = (await api.Guest.Post($"/storefronts/{business.Subdomain}/orders", basket).Key(checkout).Returns(201)).Order();
        var token = Starters.Token(await SignIn(business));
        var phone = await api.SignIn(business.User);

        await api.Restart(() => Task.CompletedTask, (Current, B), (Previous, A));
        (await api.As(token).Get(order.Path).Returns(200)).Text.ShouldContain("Carla Berg"); // signed under A
        var rotated = await (await Operator()).Get("/admin/master-key").Until(answer => answer.Json.GetProperty("rotated").GetBoolean());
        rotated.Json.GetProperty("previous_key_ids").GetArrayLength().ShouldBe(1);
        var newer = Starters.Token(await SignIn(business));

        await api.Restart(() => Task.CompletedTask, (Current, B));
        await api.As(token).Get(order.Path).Refused(401, "invalid_token");
        await api.Refresh(phone.Refresh).Returns(200); // made under A
        var owner = api.As(newer);
        (await owner.Get($"/history/orders/{order.Id}").Returns(200)).Text.ShouldContain("Carla Berg");
        var again = await api.Guest.Post($"/storefronts/{business.Subdomain}/orders", basket).Key(checkout).Returns(201);
        again.Order().Token.ShouldBe(order.Token);
        (await api.Guest.Get(order.GuestPath()).Returns(200)).Json.Text("number").ShouldBe(order.Number);
        await owner.Patch("/business/storefront", new { branding = new { company_name = "Renamed" } }).Returns(204);
        var sent = await receiver.Next();
        while (sent.Type != "storefront.updated")
        {
            sent = await receiver.Next();
        }

        sent.IsSignedWith(webhook.Secret).ShouldBeTrue();

        await (await Operator()).Post("/admin/master-key/rotations").Returns(204);
        (await (await Operator()).Get("/admin/master-key").Returns(200)).Json.GetProperty("sealing").EnumerateArray().Select(key => key.Text("key_id"))
            .ShouldBe([rotated.Json.Text("key_id")]);
    }

    [Fact]
    public async Task A_start_with_a_key_that_does_not_open_the_database_is_refused()
    {
        await api.InitializeAsync();
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => api.Restart(() => Task.CompletedTask, (Current, C), (Previous, B)));
        refused.Message.ShouldContain("Security:PreviousMasterKeys");
        refused.Message.ShouldNotContain(C);
        await api.Restart(() => Task.CompletedTask, (Current, A));
    }

    private async Task<Session> Operator() => await (await api.NewMember(TenantId.Platform, Role.PlatformAdmin)).SteppedUp();

    private async Task<ApiAnswer> SignIn(TestBusiness business)
    {
        var signedIn = Starters.Token(await api.Guest.Post("/auth/login", new { email = business.User.Email, password = business.User.Password }).Returns(200));
        return await api.As(signedIn).Post("/auth/switch-business", new { business_id = business.Id }).Returns(200);
    }
}
