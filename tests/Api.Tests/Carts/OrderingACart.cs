using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Carts;

public sealed class OrderingACart(ApiFixture api)
{
    [Fact]
    public async Task It_becomes_one_order_however_often_and_by_whatever_keys_it_is_asked_for()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell("Lamp", 4900);
        var coupon = await acme.NewCoupon();
        var cart = await acme.NewCart(api.Guest);
        await cart.Put(lamp, 2, "as a gift");
        await cart.Session.Patch(cart.Path, new { coupon_code = coupon.Code }).Returns(204);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cart.CheckOut($"key-{i % 10}").Returns(201)));
        answers.Append(await cart.CheckOut("later").Returns(201)).Select(answer => answer.Order()).Distinct().ShouldHaveSingleItem().Total.ShouldBe(9800 - 980);

        (await acme.Stock(lamp)).Reserved.ShouldBe(2);
        (await acme.Uses(coupon)).Used.ShouldBe(1);
        var sold = (await acme.Owner.Get(answers[0].Order().Path).Returns(200)).Json;
        sold.GetProperty("lines")[0].Text("note").ShouldBe("as a gift");
        (await cart.Read()).Text("status").ShouldBe("checked_out");
        await cart.Session.Post($"{cart.Path}/items", new { variant_id = lamp, quantity = 1 }).Refused(409, "cart_checked_out");
        await cart.Session.Patch(cart.Path, new { delivery_type = "pickup" }).Refused(409, "cart_checked_out");
        await cart.Session.Delete(cart.Path).Refused(409, "cart_checked_out");
    }

    [Fact]
    public async Task Whoever_only_knows_a_guest_s_cart_is_not_told_of_its_order()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell("Lamp", 4900);
        var cart = await acme.NewCart(api.Guest);
        await cart.Put(lamp);
        var order = (await cart.CheckOut("mine").Returns(201)).Order();
        foreach (var (email, phone) in ((string, string)[])[("mallory@example.com", "+49 30 123456"), ("carla@example.com", "+49 30 654321")])
        {
            await cart.CheckOut($"{email}-{phone[^1]}", new { contact = new { name = "Carla Berg", email, phone }, payment_method = "cash" }).Refused(409, "cart_checked_out");
        }

        await acme.Owner.Post($"{order.Path}/reject", new { reason = "Sold out" }).Returns(204);
        await cart.CheckOut("again").Refused(409, "cart_checked_out");
    }

    [Fact]
    public async Task An_empty_one_is_no_order_and_the_total_is_the_one_that_was_seen()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell("Lamp", 4900);
        var cart = await acme.NewCart(api.Guest);
        (await cart.CheckOut("empty").Refused(400, "validation_failed")).Faults.ShouldBe(["/lines line_count"]);
        await cart.Put(lamp);
        var seen = new { contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" }, payment_method = "cash", expected_total = OrderStarters.Eur(1) };
        await cart.CheckOut("seen", seen).Refused(422, "price_changed");
        (await cart.Read()).Text("status").ShouldBe("open");
        await cart.CheckOut("now").Returns(201);
    }

    [Fact]
    public async Task Who_signs_in_takes_the_guest_s_cart_along_once()
    {
        var (acme, lamp) = await api.NewShop();
        var bulb = await acme.Sell("Bulb", 999);
        var carla = (await api.NewCustomer(acme)).Session;
        var guest = await acme.NewCart(api.Guest);
        await guest.Put(lamp, 2);
        await carla.Get("/customers/me/cart").Refused(404, "not_found");
        var own = await acme.NewCart(carla);
        (await acme.NewCart(carla)).Id.ShouldBe(own.Id);
        await own.Put(lamp);
        await own.Put(bulb);

        var merges = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => carla.Post("/customers/me/cart/merge", new { guest_cart_id = guest.Id }).Returns(201)));
        merges.ShouldAllBe(merged => merged.Id == own.Id);
        (await carla.Get("/customers/me/cart").Returns(200)).Json.Items().ShouldBe([(lamp, 3), (bulb, 1)]);
        await guest.Session.Get(guest.Path).Refused(404, "not_found");
        await carla.Post("/customers/me/cart/merge", new { guest_cart_id = own.Id }).Refused(409, "cart_of_customer");

        var order = (await own.CheckOut("mine").Returns(201)).Order();
        (await carla.Orders()).ShouldBe([order.Number]);
        (await acme.NewCart(carla)).Id.ShouldNotBe(own.Id);
    }

    [Fact]
    public async Task A_customer_s_cart_is_nobody_else_s_and_goes_with_the_account()
    {
        var (acme, lamp) = await api.NewShop();
        var (carla, dora) = (await api.NewCustomer(acme), await api.NewCustomer(acme));
        var cart = await acme.NewCart(carla.Session);
        await cart.Put(lamp);
        foreach (var other in new[] { api.Guest, dora.Session, acme.Owner })
        {
            await other.Get(cart.Path).Refused(404, "not_found");
            await other.Post($"{cart.Path}/items", new { variant_id = lamp, quantity = 1 }).Refused(404, "not_found");
            await cart.As(other).CheckOut("theirs").Refused(404, "not_found");
        }

        await dora.Session.Post("/customers/me/cart/merge", new { guest_cart_id = cart.Id }).Refused(404, "not_found");
        await carla.Verify();
        await carla.Session.Delete("/customers/me", new { password = carla.Password }).Returns(204);
        (await new WholeDatabase(api.Database).Texts($"select cart_id::text from carts where cart_id = '{cart.Id}'")).ShouldBeEmpty();
    }
}
