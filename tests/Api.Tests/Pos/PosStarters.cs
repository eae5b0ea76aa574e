using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Pos;

/// <summary>A till that is open, with the session of somebody who sells at it.</summary>
public sealed record TestTill(Session Session, Guid RegisterId, Guid SessionId)
{
    public string Path => $"/business/register-sessions/{SessionId}";

    public string Register => $"/business/registers/{RegisterId}";

    /// <summary>A sale as it is asked for: one of the variant, unless told otherwise.</summary>
    public object Sale(Guid variant, decimal quantity = 1, object[]? payments = null, bool payLater = false, string? clientId = null) =>
        new { session_id = SessionId, lines = new[] { new { variant_id = variant, quantity } }, payments = payments ?? [], pay_later = payLater, client_id = clientId };

    public ApiRequest RingUp(Guid variant, decimal quantity, params object[] payments) => Session.Post("/business/sales", Sale(variant, quantity, payments));

    public async Task<JsonElement> Report() => (await Session.Get($"{Path}/report").Returns(200)).Json;
}

internal static class PosStarters
{
    public static object Cash(long cents) => new { method = "cash", amount = Eur(cents) };

    public static object Card(long cents, string? reference = "T-1") => new { method = "card", amount = Eur(cents), reference };

    public static async Task<Guid> NewRegister(this TestBusiness business, string code = "A") =>
        (await business.Owner.Post("/business/registers", new { code, name = $"Till {code}" }).Returns(201)).Id;

    /// <summary>A register of the business, opened by its owner.</summary>
    public static async Task<TestTill> NewTill(this TestBusiness business, string code = "A", long opening = 10_000) =>
        await business.Owner.Opens(await business.NewRegister(code), opening);

    public static async Task<TestTill> Opens(this Session session, Guid register, long opening = 10_000) =>
        new(session, register, (await session.Post("/business/register-sessions", new { register_id = register, opening_float = Eur(opening) }).Returns(201)).Id);

    /// <summary>What one of these costs, and how many there are.</summary>
    public static async Task<Guid> Goods(this TestBusiness business, string name = "Lamp", long price = 595, decimal stock = 10) =>
        (await business.NewProduct(name, price, stock: new { quantity = stock })).VariantId;

    public static Task<ApiAnswer> Taxes(this TestBusiness business, decimal percent, bool included = true) =>
        business.Owner.Patch("/business/settings", new { tax_rate_percent = percent, prices_include_tax = included }).Returns(204);

    public static async Task<decimal> OnHand(this TestBusiness business, Guid variant) => (await business.Stock(variant)).OnHand;

    /// <summary>The customer who bought one at the storefront.</summary>
    public static async Task<Guid> Bought(this ApiFixture api, TestBusiness business, string name, long price)
    {
        var order = await api.Buy(business, await business.Sell(name, price));
        return (await business.Owner.Get(order.Path).Returns(200)).Json.GetProperty("customer").GetProperty("id").GetGuid();
    }

    public static string Path(this ApiAnswer rungUp) => $"/business/sales/{rungUp.Id}";

    /// <summary>By the way of paying: "cash 1190, card 500".</summary>
    public static string Methods(this JsonElement thing, string member) =>
        string.Join(", ", thing.List(member).Select(total => $"{total.GetProperty("method")} {total.Cents("amount")}"));
}
