using System.Text.Json;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Deliveries;

public sealed class DrivingADelivery(ApiFixture api)
{
    private static readonly object photo = new { photo_url = "/files/door.jpg", note = "At the neighbour's", position = new { latitude = 52.503, longitude = 13.396 } };

    [Fact]
    public async Task From_the_shop_to_the_door_with_proof_and_cash()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "to_business", "at_pickup");
        (await acme.Stock(order.Variant)).ShouldBe((10, 2, 8));
        await dana.Drive(delivery, "picked_up");
        (await acme.Stock(order.Variant)).ShouldBe((8, 0, 8));
        (await acme.Sold(order)).Status.ShouldBe("out_for_delivery");
        await dana.Drive(delivery, "en_route", "arrived");
        await dana.Session.Post($"/driver/deliveries/{delivery}/proof", photo).Returns(204);
        await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = Euros(order.Total) }).Returns(204);
        var delivered = await dana.Report(delivery, "delivered");

        (await acme.Sold(order)).ShouldBe(("delivered", "paid"));
        var read = await api.As(acme).Get($"/business/deliveries/{delivery}?min_position={delivered.Position}").Returns(200);
        read.ETag.ShouldBe(delivered.ETag);
        read.Json.GetProperty("cash_collected").GetProperty("amount").GetInt64().ShouldBe(order.Total);
        read.Json.GetProperty("proof").GetProperty("position").GetProperty("latitude").GetDouble().ShouldBe(52.503);
        Statuses(read.Json).ShouldBe(["unassigned", "assigned", "to_business", "at_pickup", "picked_up", "en_route", "arrived", "delivered"]);
        await dana.Session.Get("/driver/assignments").Until(answer => answer.Data.Length == 0);
    }

    [Fact]
    public async Task The_history_tells_what_the_driver_did_and_what_the_business_did()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "at_pickup", "picked_up");

        (await api.History(acme, "deliveries", delivery)).ShouldBe(
        [
            ("delivery.requested", "user", acme.User.Id), ("delivery.assigned", "user", acme.User.Id),
            ("delivery.arrived_pickup", "driver", dana.Id), ("delivery.picked_up", "driver", dana.Id),
        ]);
        (await api.History(acme, "orders", order.Id))[^1].ShouldBe(("order.out_for_delivery", "driver", dana.Id));
        (await api.History(acme, "stock", order.Variant))[^1].ShouldBe(("stock.issued", "driver", dana.Id));
    }

    [Fact]
    public async Task It_ends_with_a_proof_and_with_the_cash()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await Refused("proof", new { code = "4711" }, 409, "illegal_transition");
        await dana.Drive(delivery, "at_pickup", "picked_up", "en_route");
        await Refused("collect-cash", new { amount = Euros(order.Total) }, 409, "illegal_transition");
        await dana.Drive(delivery, "arrived");
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "delivered" }).Refused(422, "proof_required");
        await Refused("proof", new { note = "no proof at all" }, 400, "proof_invalid");
        await dana.Session.Post($"/driver/deliveries/{delivery}/proof", new { signature = "data:image/png;base64,AA==" }).Returns(204);
        var due = await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "delivered" }).Refused(422, "cash_due");
        due.Json.GetProperty("due").GetProperty("amount").GetInt64().ShouldBe(order.Total);
        await Refused("collect-cash", new { amount = Euros(order.Total - 1) }, 422, "cash_due");
        await Refused("collect-cash", new { amount = new { amount = order.Total, currency = "USD" } }, 422, "cash_due");
        (await acme.Sold(order)).Status.ShouldBe("out_for_delivery");

        await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = Euros(order.Total + 150) }).Returns(204);
        await Refused("collect-cash", new { amount = Euros(order.Total) }, 409, "cash_collected_already");
        await dana.Report(delivery, "delivered");
        (await acme.Sold(order)).ShouldBe(("delivered", "paid"));

        Task Refused(string step, object body, int status, string code) => dana.Session.Post($"/driver/deliveries/{delivery}/{step}", body).Refused(status, code);
    }

    [Fact]
    public async Task A_step_that_is_not_possible_names_those_that_are()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme, OrderStatus.Confirmed));
        var delivery = await api.Assign(acme, order, dana);
        foreach (var status in (string[])["picked_up", "delivered", "canceled", "unassigned"])
        {
            var refused = await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status }).Refused(409, "illegal_transition");
            Texts(refused.Json.GetProperty("allowed_transitions")).ShouldBe(["to_business", "at_pickup", "failed"]);
            (refused.Json.GetProperty("status").GetInt32(), refused.Json.GetProperty("current_status").GetString()).ShouldBe((409, "assigned"));
        }

        await dana.Drive(delivery, "at_pickup");
        var early = await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "picked_up" }).Refused(409, "order_not_ready");
        early.Json.GetProperty("current_status").GetString().ShouldBe("confirmed");
        Texts(early.Json.GetProperty("allowed_transitions")).ShouldBe(["failed"]);
        (await acme.Stock(order.Variant)).ShouldBe((10, 2, 8));
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "flying" }).Refused(400, "invalid_json");
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "failed" }).Refused(400, "failure_reason_missing");
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "failed", reason = "other", note = new string('n', 501) })
            .Refused(400, "validation_failed");
    }

    [Fact]
    public async Task A_repeated_step_answers_like_the_first_and_records_nothing()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "at_pickup");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => dana.Report(delivery, "picked_up")));
        answers.Select(answer => answer.ETag).Distinct().ShouldHaveSingleItem().ShouldBe("\"v4\"");
        (await acme.Stock(order.Variant)).ShouldBe((8, 0, 8));

        var key = Guid.NewGuid().ToString();
        var path = $"/driver/deliveries/{delivery}/status";
        var first = await dana.Session.Patch(path, new { status = "en_route" }).Key(key).Returns(204);
        first.Header("Idempotency-Replayed").ShouldBeNull();
        await dana.Drive(delivery, "arrived");
        var replayed = await dana.Session.Patch(path, new { status = "en_route" }).Key(key).Returns(204);
        replayed.Header("Idempotency-Replayed").ShouldBe("true");
        (replayed.ETag, replayed.Position).ShouldBe((first.ETag, first.Position));
        await dana.Session.Patch(path, new { status = "failed", reason = "refused" }).Key(key).Refused(422, "idempotency_key_reused");

        foreach (var _ in (int[])[1, 2])
        {
            await dana.Session.Post($"/driver/deliveries/{delivery}/proof", photo).Returns(204);
            await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = Euros(order.Total) }).Returns(204);
            (await dana.Report(delivery, "delivered")).ETag.ShouldBe("\"v9\"");
        }

        Statuses((await api.As(acme).Get($"/business/deliveries/{delivery}").Returns(200)).Json).Length.ShouldBe(7);
    }

    [Fact]
    public async Task A_step_can_name_the_version_it_was_decided_on()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        var seen = (await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).ETag!;
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "at_pickup" }).IfMatch(seen).Returns(204);
        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "picked_up" }).IfMatch(seen).Refused(412, "stale_version");
        (await acme.Stock(order.Variant)).ShouldBe((10, 2, 8));
    }

    private static object Euros(long amount) => new { amount, currency = "EUR" };

    private static string?[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString())];

    private static string?[] Statuses(JsonElement delivery) => [.. delivery.GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("status").GetString())];
}
