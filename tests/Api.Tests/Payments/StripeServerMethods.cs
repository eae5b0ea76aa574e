using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>A card as it stands at Stripe.</summary>
/// <param name="Customer">Null: it was detached.</param>
/// <param name="Declined">With which code whoever pays with it is refused.</param>
/// <param name="Asks">The bank asks its owner first.</param>
internal sealed record StripeCard(string Id, string? Customer, string Last4 = "4242", string? Wallet = null, string? Declined = null, bool Asks = false)
{
    public object Body => new
    {
        id = Id,
        @object = "payment_method",
        card = new { brand = "visa", last4 = Last4, exp_month = 12, exp_year = 2034, fingerprint = "Xt5", wallet = Wallet is null ? null : new { type = Wallet } },
        customer = Customer,
        type = "card",
    };
}

/// <summary>A setup intent as it stands at Stripe.</summary>
internal sealed record StripeSetup(string Id, string Customer, string Status, Dictionary<string, string> Metadata, string? Card = null, string? Error = null)
{
    public object Shown(object? card) => new
    {
        id = Id,
        @object = "setup_intent",
        client_secret = $"{Id}_secret_1",
        customer = Customer,
        last_setup_error = Error is null ? null : new { type = "card_error", code = "card_declined", decline_code = Error },
        metadata = Metadata,
        payment_method = card ?? Card,
        status = Status,
        usage = "off_session",
    };
}

/// <summary>Customers, and what they leave at Stripe.</summary>
internal sealed partial class StripeServer
{
    /// <summary>What is kept of each.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string>> Customers { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, StripeSetup> Setups { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, StripeCard> Cards { get; } = new(StringComparer.Ordinal);

    private void MapMethods()
    {
        app.MapPost("/v1/customers", request => Take(request, "customer", NewCustomer, "metadata[account_id]"));
        app.MapDelete("/v1/customers/{id}", request => Take(request, "forget", ForgetCustomer));
        app.MapPost("/v1/setup_intents", request => Take(request, "setup", Setup, "customer", "usage", "payment_method_types[]", "metadata[account_id]", "metadata[setup_id]"));
        app.MapPost("/v1/setup_intents/{id}/cancel", request => Take(request, "cancel_setup", CancelSetup, "cancellation_reason"));
        app.MapPost("/v1/payment_methods/{id}/detach", request => Take(request, "detach", Detach));
        app.MapPost("/v1/payment_intents/{id}/confirm", request => Take(request, "confirm", Confirm, "payment_method"));
        app.MapGet("/v1/setup_intents/{id}", request => Look(request, () => Shown(request)));
        app.MapGet("/v1/payment_methods/{id}", request => LookAtCard(request));
    }

    private (int, object) Confirm(HttpContext http, IFormCollection form)
    {
        var intent = Of(http);
        if (intent.Status != "requires_payment_method")
        {
            return (400, Unexpected(intent));
        }

        if (!Cards.TryGetValue(form["payment_method"]!, out var card))
        {
            return (400, Error("resource_missing", "payment_method"));
        }

        if (card.Customer is null || card.Customer != intent.Customer)
        {
            return (400, new { error = new { type = "invalid_request_error", message = "The provided PaymentMethod was detached from a Customer." } });
        }

        Intents[intent.Id] = intent = intent with { Status = card.Declined is not null ? "requires_payment_method" : card.Asks ? "requires_action" : "requires_capture" };
        return card.Declined is null ? (200, intent.Body)
            : (402, new { error = new { type = "card_error", code = "card_declined", decline_code = card.Declined, payment_intent = intent.Body } });
    }

    private (int, object) NewCustomer(HttpContext http, IFormCollection form)
    {
        var id = $"cus_{Guid.NewGuid():N}";
        Customers[id] = new(StringComparer.Ordinal) { ["account_id"] = form["metadata[account_id]"]! };
        return (200, new { id, @object = "customer", metadata = Customers[id] });
    }

    private (int, object) ForgetCustomer(HttpContext http, IFormCollection form)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        foreach (var card in Cards.Values.Where(card => card.Customer == id))
        {
            Cards[card.Id] = card with { Customer = null };
        }

        return Customers.TryRemove(id, out _) ? (200, new { id, @object = "customer", deleted = true }) : (404, Error("resource_missing", "id"));
    }

    private (int, object) Setup(HttpContext http, IFormCollection form)
    {
        if (!Customers.ContainsKey(form["customer"]!))
        {
            return (400, Error("resource_missing", "customer"));
        }

        var setup = new StripeSetup(
            $"seti_{Guid.NewGuid():N}", form["customer"]!, "requires_payment_method",
            new(StringComparer.Ordinal) { ["account_id"] = form["metadata[account_id]"]!, ["setup_id"] = form["metadata[setup_id]"]! });
        Setups[setup.Id] = setup;
        return (200, setup.Shown(card: null));
    }

    private (int, object) CancelSetup(HttpContext http, IFormCollection form) => Setups[(string)http.Request.RouteValues["id"]!] is { Status: not ("succeeded" or "canceled") } setup
        ? (200, (Setups[setup.Id] = setup with { Status = "canceled" }).Shown(card: null))
        : (400, Error("setup_intent_unexpected_state"));

    private (int, object) Detach(HttpContext http, IFormCollection form)
    {
        var card = Cards[(string)http.Request.RouteValues["id"]!];
        return card.Customer is null ? (400, new { error = new { type = "invalid_request_error", message = "The payment method you provided is not attached to a customer." } })
            : (200, (Cards[card.Id] = card with { Customer = null }).Body);
    }

    /// <summary>With the card itself, where that is asked for.</summary>
    private object Shown(HttpContext http)
    {
        var setup = Setups[(string)http.Request.RouteValues["id"]!];
        return setup.Shown(setup.Card is { } card && http.Request.Query["expand[]"] == "payment_method" ? Cards[card].Body : null);
    }

    private async Task LookAtCard(HttpContext http) => await (Refusal(http.Request) ?? (Cards.TryGetValue((string)http.Request.RouteValues["id"]!, out var card)
        ? Results.Json(card.Body) : Results.Json(Error("resource_missing", "payment_method"), statusCode: 404))).ExecuteAsync(http);

    /// <summary>As the customer's page does it with the client secret.</summary>
    public StripeCard Finish(string setup, string last4 = "4242", string? wallet = null, string? declined = null, bool asks = false)
    {
        var card = new StripeCard($"pm_{Guid.NewGuid():N}", Setups[setup].Customer, last4, wallet, declined, asks);
        Cards[card.Id] = card;
        Setups[setup] = Setups[setup] with { Status = "succeeded", Card = card.Id };
        return card;
    }
}
