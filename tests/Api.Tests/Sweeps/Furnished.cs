using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Carts;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Drivers;
using Mainstreet.Api.Tests.Exports;
using Mainstreet.Api.Tests.Imports;
using Mainstreet.Api.Tests.Inbound;
using Mainstreet.Api.Tests.Messages;
using Mainstreet.Api.Tests.Notifications;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Api.Tests.Stock;
using Mainstreet.Api.Tests.Wallets;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>A test business with one of everything that has an id, an owner of its own, a driver and a customer of its own.</summary>
/// <param name="Ids">By kind, such as order_id.</param>
internal sealed record Furnished(TestBusiness Business, Session Driver, Session Customer, Session Operator, IReadOnlyDictionary<string, string> Ids)
{
    /// <summary>Of the browser in RFC 8291, 5.</summary>
    private const string PushKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string PushSecret = "BTBZMqHH6r4Tts7J_aSIgg";

    private const string Projection = "orders";
    private const string Policy = "order_deadlines";
    private const string CustomerEmail = "carla@example.com"; // of who buys
    private const string Image = "https://images.example/can.png";

    /// <summary>Who may call this operation: the driver in the driver's app, the customer for what is theirs, else the owner, signed in on public routes too.</summary>
    public Session CallerOf(ApiOperation operation) =>
        IdPlaces.IsForOperators(operation) ? Operator
        : operation.AsksFor == ApiOperation.Customer ? Customer
        : operation.Path.StartsWith("/api/v1/driver/", StringComparison.Ordinal) ? Driver
        : Business.Owner;

    /// <summary>What nobody else may see.</summary>
    public IEnumerable<string> Secrets => Ids.Where(id => id.Key is not ("handle" or "infrastructure_id" or "coupon_code")).Select(id => id.Value);

    /// <summary>The business's own value of a parameter.</summary>
    public string Own(string kind) => kind switch
    {
        "subdomain" => Business.Subdomain,
        "url" => Image,
        "name" => Projection,
        "feature" => "loyalty",
        "integration" => "custom_http",
        "provider" => "stripe",
        "step" => "plan",
        "mail" => "customer.verify_email",
        "notification" => "order.ready",
        "channel" => "email",
        "language" => "en",
        "locale" => "he",
        "currency" => "EUR",
        "type" => "order.placed",
        "expires" => Ids["export_expires"],
        "subscription" => Policy,
        "kind" => "orders",
        "id" => Ids["order_id"],
        "after" => "0",
        "owner_id" => Business.User.Id.ToString(),
        _ => Ids.GetValueOrDefault(kind) ?? throw new InvalidOperationException($"The sweeps know no {kind}: let Furnished make one."),
    };

    /// <summary>What a member's name says better than its type.</summary>
    public JsonNode? ValueOf(ApiOperation operation, BodyMember member) => member.Name switch
    {
        "storefront" => Business.Subdomain,
        "email" when operation.Id == "SignIn" => Business.User.Email,
        "email" => Starters.NewEmail(),
        "list" when operation.Id == "RequestImport" => "stock",
        "list" => "orders",
        "file" => Convert.ToBase64String("%PDF-1.7"u8),
        "expires_on" => "2040-01-31",
        "provider" => "stripe",
        "account" => ConnectionStarters.NewAccount(),
        "credentials" when operation.Id == "SetConnectionCredentials" => new JsonObject { ["webhook_secret"] = "whsec_sweep", ["api_key"] = "sk_sweep" },
        "token" when operation.Id == "ClaimOrder" => Ids["token"],
        "password" => Starters.Password,
        "role" => "owner",
        "permissions" or "scopes" when !member.IsElement => new JsonArray("orders:read"),
        "text" or "html" when operation.Path.Contains("/email-templates/", StringComparison.Ordinal) => "{{code}}",
        "kind" when operation.Id == "ChangeNotificationSettings" => "order.ready",
        "whatsapp_content" => $"HX{new string('a', 32)}",
        "calling_code" => "49",
        "tracking_url" => "https://acme.example/orders/{order_id}?token={token}",
        "muted" when !member.IsElement => new JsonArray("order.ready"),
        "endpoint" when operation.Id == "SubscribeToOrder" => "https://push.example.com/1",
        "p256dh" => PushKey,
        "auth" when operation.Id == "SubscribeToOrder" => PushSecret,
        "overlap" => "PT1M",
        "delivery_type" => "pickup",
        "to" when operation.Id is "SendOrderMessage" or "SendDriverMessage" => "customer",
        "to" when operation.Id is "SendCustomerOrderMessage" or "SendTrackedOrderMessage" => "business",
        "phone" => "+49 30 1234567",
        "name" or "subdomain" or "slug" or "handle" => Starters.NewSubdomain("sweep"),
        "url" or "photo_url" or "logo_url" or "banner_url" => "http://127.0.0.1:65000/nobody",
        "domain" => $"{Starters.NewSubdomain("sweep")}.test",
        "currency" => "EUR",
        "timezone" => "Europe/Berlin",
        "locale" => "en",
        "country" => "DE",
        "closes" => "18:00:00",
        "by" => "PT1M",
        "event_types" when !member.IsElement => new JsonArray("storefront.*"),
        "path" when operation.Path.Contains("/webhook-endpoints", StringComparison.Ordinal) => "/total/amount",
        "from" or "to" when operation.Id == "TransferStock" => Ids[IdPlaces.Kind(operation, member.Name)],
        "register_id" when operation.Id == "OpenRegister" => Ids["idle_register_id"],
        "occurred_at" => TimeProvider.System.GetUtcNow().AddDays(-1).ToString("O"),
        "kind" when operation.Path.Contains("/coupons", StringComparison.Ordinal) => "free_delivery",
        "id" when operation.Id == "ChangeOptionGroup" => Ids["choice_id"],
        "category_ids" or "product_ids" or "option_group_ids" when member.IsElement => Ids[IdPlaces.Kind(operation, member.Name)],
        "coupon_code" => Ids["coupon_code"],
        "code" when operation.Id == "CreateCoupon" => Guid.NewGuid().ToString("N"),
        "code" when operation.Id == "CreateRegister" => Guid.NewGuid().ToString("N")[..10].ToUpperInvariant(),
        _ when member.IsId && IdPlaces.Kind(operation, member.Name) == "register_session_id" && !member.Pointer.Equals("/id", StringComparison.Ordinal) => Ids["register_session_id"],
        _ when member.IsId && Ids.TryGetValue(member.Name, out var id) => id,
        _ => null,
    };

    public static async Task<Furnished> Make(ApiFixture api, WebhookReceiver receiver, string name)
    {
        var business = await api.NewBusiness(name, mode: "test", owner: await api.NewUser(name));
        var owner = await business.Owner.SteppedUp();
        await business.Deliver();
        var webhook = await business.NewWebhook(receiver, ["*"]);
        var category = (await owner.Post("/business/categories", new { name = "Garden" }).Returns(201)).Id;
        var product = await owner.Post("/business/products", new
        {
            name = "Watering can",
            category_id = category,
            images = new[] { new { url = Image } },
            variants = new[] { Variant("green"), Variant("red") },
            publish = true,
        }).Returns(201);
        var variant = product.Json.GetProperty("variants")[0].GetProperty("id").GetGuid();
        var group = await business.NewOptionGroup("Roses", 0, 2, new { name = "Brass" });
        await owner.Put($"/business/products/{product.Id}/option-groups", new { option_group_ids = new[] { group.Id } }).Returns(204);
        await owner.Post("/business/storefront/publish").Returns(204);

        var coupon = await business.NewCoupon();
        var order = await api.Buy(business, new Basket(new BasketLine(variant)) { PaymentMethod = "card", CouponCode = coupon.Code }.Delivered());
        await owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        var paid = (await owner.Get(order.Path).Returns(200)).Json;
        await owner.Post($"{order.Path}/confirm").Returns(204);
        var driver = await api.NewDriver(business);
        var delivery = await api.Assign(business, order, driver);
        var message = (await driver.Session.Post($"/driver/deliveries/{delivery}/messages", new { to = "customer", text = "On my way." }).Returns(201)).Id; // which every side sees
        var customer = await api.NewCustomer(business, CustomerEmail); // whose order it is
        await customer.Session.Post("/customers/me/orders/claim", new { order_id = order.Id, token = order.Token }).Returns(204);
        var review = (await customer.Session.Post("/customers/me/reviews", new { product_id = product.Id, rating = 4, text = "Holds water." }).Returns(201)).Id;
        await (await business.NewCart(customer.Session)).Put(variant);
        var cart = await business.NewCart(api.Guest);
        var item = await cart.Put(variant);
        var erased = await api.Erased(business, variant);
        var (application, document) = await api.NewApplication(business);
        var (export, link) = await owner.NewExport("orders");
        var import = await owner.NewImport("stock");
        var operators = await api.NewOperator();
        var till = await business.NewTill();
        var (location, otherLocation) = (await business.NewLocation("Harbour"), await business.NewLocation("Attic"));
        var transfer = (await business.Transfer(variant, 4, location).Returns(201)).Id;
        await business.Transfer(variant, 1, otherLocation).Returns(201);
        var sale = (await till.RingUp(variant, 1, PosStarters.Cash(1200)).Returns(201)).Id;
        var connection = await business.NewConnection(credentials: new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = "sk_sweep" });
        await (await owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Returns(204);
        await api.Told(connection);
        return new(business, driver.Session, customer.Session, operators, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["business_id"] = business.Id.ToString(),
            ["infrastructure_id"] = TenantId.Pool.ToString(),
            ["correlation_id"] = (await owner.Get("/events?types=order.placed").Returns(200)).Data[0].GetProperty("correlation_id").GetString()!,
            ["user_id"] = business.User.Id.ToString(),
            ["storefront_id"] = Storefront.StreamOf(new(business.Id)).ToString(),
            ["clock_id"] = business.TestClockId!.Value.ToString(),
            ["category_id"] = category.ToString(),
            ["product_id"] = product.Id.ToString(),
            ["handle"] = product.Json.GetProperty("handle").GetString()!,
            ["variant_id"] = variant.ToString(),
            ["option_group_id"] = group.Id.ToString(),
            ["choice_id"] = group.Choices[0].ToString(),
            ["location_id"] = location.ToString(),
            ["other_location_id"] = otherLocation.ToString(),
            ["transfer_id"] = transfer.ToString(),
            ["cart_id"] = cart.Id.ToString(),
            ["item_id"] = item.ToString(),
            ["guest_cart_id"] = (await business.NewCart(api.Guest)).Id.ToString(),
            ["coupon_id"] = coupon.Id.ToString(),
            ["coupon_code"] = coupon.Code,
            ["order_id"] = order.Id.ToString(),
            ["order_message_id"] = message.ToString(),
            ["review_id"] = review.ToString(),
            ["register_id"] = till.RegisterId.ToString(),
            ["idle_register_id"] = (await business.NewRegister("B")).ToString(),
            ["register_session_id"] = till.SessionId.ToString(),
            ["sale_id"] = sale.ToString(),
            ["export_id"] = export.ToString(),
            ["import_id"] = import.ToString(),
            ["export_token"] = link.Token,
            ["export_expires"] = link.Expires,
            ["token"] = order.Token,
            ["address_id"] = (await customer.Session.Post("/customers/me/addresses", new { address = Basket.Home }).Returns(201)).Id.ToString(),
            ["payment_method_id"] = (await customer.Session.Post("/customers/me/payment-methods", new { setup_id = await customer.NewSetup() }).Returns(201)).Id.ToString(),
            ["setup_id"] = (await customer.NewSetup()).ToString(),
            ["completing_setup_id"] = (await customer.NewSetup()).ToString(),
            ["failing_setup_id"] = (await customer.NewSetup()).ToString(),
            ["customer_session_id"] = await OtherSession(api, customer),
            ["refund_id"] = (await Refunded(owner, paid.GetProperty("payment").GetProperty("id").GetGuid())).ToString(),
            ["payment_id"] = paid.GetProperty("payment").GetProperty("id").GetString()!,
            ["payout_id"] = (await owner.Get("/business/payouts").Until(answer => answer.Data.Length > 0)).Data[0].GetProperty("id").GetString()!,
            ["customer_id"] = erased.ToString(),
            ["application_id"] = application.ToString(),
            ["document_id"] = document.ToString(),
            ["driver_id"] = driver.Id.ToString(),
            ["delivery_id"] = delivery.ToString(),
            ["rebuild_id"] = (await Rebuilt(owner)).ToString(),
            ["role_id"] = (await owner.Post("/business/roles", new { name = "Runner", permissions = new[] { "orders:read" } }).Returns(201)).Id.ToString(),
            ["domain_id"] = (await owner.Post("/business/domains", new { domain = $"{business.Subdomain}.test" }).Returns(201)).Id.ToString(),
            ["connection_id"] = connection.Id.ToString(),
            ["inbound_message_id"] = (await owner.Get("/inbound-messages").Returns(200)).Data[0].GetProperty("id").GetString()!,
            ["parked_id"] = Guid.NewGuid().ToString(), // nobody's
            ["key_id"] = (await api.NewKey(business, "orders:read")).Id.ToString(),
            ["invitation_id"] = (await owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role = "staff" }).Returns(201)).Id.ToString(),
            ["event_id"] = (await Parked(api, business)).ToString(),
            ["letter_id"] = (await api.NewDeadLetter(business)).ToString(),
            ["message_id"] = (await owner.Get($"/scheduled-messages?subject={order.Id}").Returns(200)).Data
                .First(message => message.GetProperty("type").GetString()!.StartsWith("order.notify", StringComparison.Ordinal) is false && message.GetProperty("type").GetString() != "notification.send")
                .GetProperty("id").GetString()!,
            ["notification_id"] = (await owner.Get($"/business/notifications?order_id={order.Id}").Until(answer => answer.Data.Length > 0)).Data[0].GetProperty("id").GetString()!,
            ["subscription_id"] = (await api.Guest.Post(order.GuestPath("/push-subscriptions"), new { endpoint = $"https://push.example.com/{order.Id}", keys = new { p256dh = PushKey, auth = PushSecret } }).Returns(201)).Id.ToString(),
            ["sandbox_message_id"] = (await business.SentMail(api)).Id.ToString(),
            ["endpoint_id"] = webhook.Id.ToString(),
            ["replay_id"] = (await owner.Post($"{webhook.Path}/replays", new { from_position = 1, to_position = 2 }).Returns(201)).Id.ToString(),
            ["session_id"] = await OtherSession(api, business),
            ["webhook_delivery_id"] = (await business.LastDelivery(webhook)).Id.ToString(),
        });
    }

    /// <summary>Not the one that calls: it would not go on.</summary>
    private static async Task<string> OtherSession(ApiFixture api, TestBusiness business)
    {
        await api.Guest.Post("/auth/login", new { email = business.User.Email, password = business.User.Password }).Returns(200);
        var sessions = (await business.Owner.Get("/auth/sessions").Returns(200)).Data;
        return sessions.First(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;
    }

    private static async Task<string> OtherSession(ApiFixture api, TestCustomer customer)
    {
        await api.SignIn(customer);
        var sessions = (await customer.Session.Get("/customers/me/sessions").Returns(200)).Data;
        return sessions.First(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;
    }

    private static async Task<Guid> Refunded(Session owner, Guid payment)
    {
        await owner.Get($"/business/payments/{payment}").Until(answer => answer.Json.GetProperty("status").GetString() == "completed");
        return (await owner.Post($"/business/payments/{payment}/refunds", new { amount = OrderStarters.Eur(100) }).Returns(201)).Id;
    }

    private static async Task<Guid> Rebuilt(Session owner)
    {
        var rebuild = (await owner.Post($"/business/projections/{Projection}/rebuilds", new { }).Returns(201)).Id;
        await owner.Get($"/business/projections/{Projection}/rebuilds/{rebuild}").Until(answer => answer.Json.GetProperty("status").GetString() == "switched");
        return rebuild;
    }

    /// <summary>As a policy leaves an event that it cannot take: the last one of the business.</summary>
    private static async Task<Guid> Parked(ApiFixture api, TestBusiness business)
    {
        var database = new WholeDatabase(api.Database);
        await database.Settle();
        var parked = await database.Texts($"""
            do $$ begin
              perform set_config('app.tenant_id', '{business.Id}', true);
              perform place_checkpoint('policy:{Policy}', hold_checkpoint('policy:{Policy}') - 1);
              perform park_subscription('policy:{Policy}', hold_checkpoint('policy:{Policy}'), 'told to');
            end $$;
            select event_id::text from events where tenant_id = '{business.Id}' order by position desc limit 1
            """);
        return Guid.Parse(parked.Single());
    }

    private static object Variant(string colour) => new
    {
        price = new { amount = 1200, currency = "EUR" },
        options = new[] { new { name = "Colour", value = colour } },
        stock = new { quantity = 10 },
    };
}
