using System.Globalization;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Notifications;

/// <summary>What a customer is told of an order's step, in their language and in the business's own words where it has some.</summary>
public sealed class NotificationWords(
    CustomerMails mails, IAggregates aggregates, IReadStore reads, ITenantContext context, ITenantScopes scopes, ITrackingTokens tokens, IStorefrontDomain domain)
{
    /// <returns>The words, and what was put into their places.</returns>
    public async Task<(MailWords Words, IReadOnlyDictionary<string, string> Values)> Write(
        Order order, OrderNews news, NotificationChannel channel, NotificationSettings settings, CancellationToken cancellationToken)
    {
        var shop = (await reads.Find<Shop>("select name, timezone from rm.business_profile", null, cancellationToken))!;
        var view = (await reads.Find<OrderView>("select * from rm.orders where order_id = @id", new { order.Id }, cancellationToken))!;
        var values = Values(view, news, shop, await Link(order.Id, settings, cancellationToken));
        return (await mails.Write(MailKind.NameOf(news.Kind, channel), await Locale(order.CustomerId, cancellationToken), values, cancellationToken), values);
    }

    /// <summary>What an order's customer would be told, of one that does not exist.</summary>
    public static IReadOnlyDictionary<string, string> Example(string shop, string currency) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["shop"] = shop,
        ["name"] = "Carla",
        ["number"] = "1001",
        ["total"] = Write(new Money(12_50, currency)),
        ["link"] = "https://example.com/orders/1001",
        ["lines"] = $"2 × Coffee  {Write(new Money(10_00, currency))}",
        ["subtotal"] = Write(new Money(10_00, currency)),
        ["discount"] = Write(Money.Zero(currency)),
        ["delivery_fee"] = Write(new Money(2_50, currency)),
        ["tip"] = Write(Money.Zero(currency)),
        ["tax"] = Write(Money.Zero(currency)),
        ["amount"] = Write(new Money(2_50, currency)),
        ["time"] = "2026-03-02 12:30",
    };

    private static Dictionary<string, string> Values(OrderView order, OrderNews news, Shop shop, string link) => new(StringComparer.Ordinal)
    {
        ["shop"] = shop.Name,
        ["name"] = order.Contact.Name ?? "",
        ["number"] = order.Number,
        ["total"] = Write(order.Total),
        ["link"] = link,
        ["lines"] = string.Join('\n', order.Lines.Select(Write)),
        ["subtotal"] = Write(order.Subtotal),
        ["discount"] = Write(order.Discount),
        ["delivery_fee"] = Write(order.DeliveryFee),
        ["tip"] = Write(order.Tip),
        ["tax"] = Write(order.Tax),
        ["amount"] = Write(news.Amount ?? order.Total),
        ["time"] = news.Time is { } time ? Write(time, shop.Timezone) : "",
    };

    /// <summary>What was chosen stands below, each with how often.</summary>
    private static string Write(OrderLine line) => string.Join('\n', (string[])
    [
        $"{line.Quantity.ToString("0.###", CultureInfo.InvariantCulture)} × {line.Name}{(line.VariantName is { } variant ? $" ({variant})" : "")}  {Write(line.Subtotal)}",
        .. (line.Choices ?? []).Select(choice => $"   {choice.Group}: {(choice.Quantity == 1 ? "" : $"{choice.Quantity} × ")}{choice.Name}"),
    ]);

    /// <summary>12.50 EUR: the same in every language, so that nobody mistakes a separator.</summary>
    private static string Write(Money money)
    {
        var digits = Currencies.DigitsOf(money.Currency);
        return $"{(money.Amount / (decimal)Math.Pow(10, digits)).ToString($"F{digits}", CultureInfo.InvariantCulture)} {money.Currency}";
    }

    private static string Write(DateTimeOffset time, string timezone) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(timezone)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Where the order is followed: the business's page, else the storefront's, else what programs ask.</summary>
    private async Task<string> Link(OrderId order, NotificationSettings settings, CancellationToken cancellationToken)
    {
        var token = tokens.Issue(context.Tenant, order);
        if (settings.TrackingUrl is { } own)
        {
            return own.Replace(NotificationSettings.OrderPlace, order.ToString(), StringComparison.Ordinal).Replace(NotificationSettings.TokenPlace, token, StringComparison.Ordinal);
        }

        return domain.Name is { } name
            ? $"https://{(await scopes.Send(TenantId.Platform, new FindBusiness(context.Tenant), cancellationToken))!.Subdomain}.{name}/orders/{order}?token={token}"
            : $"/api/v1/orders/{order}?token={token}";
    }

    private async Task<string?> Locale(CustomerId customer, CancellationToken cancellationToken)
    {
        var account = await reads.List<Guid>($"select account_id from rm.customer_accounts where customer_id = {SamePerson.Present("@customer::uuid")}", new { customer }, cancellationToken);
        return account is [var id, ..] ? (await aggregates.Find<CustomerAccount, CustomerAccountEvent>(id, cancellationToken))?.State.Locale : null;
    }

    private sealed record Shop(string Name, string Timezone);
}
