using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Payments;
using Mainstreet.Infrastructure.Inbound;
using MediatR;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// What Stripe tells of payments by itself. Each says how something stands and not what changed, and the payment decides what of it is news, so they may come
/// late, twice and in any order (PAY-09).
/// </summary>
internal abstract class StripeNotification(string type) : IInboundHandler
{
    public string Provider => StripePayments.Provider;

    public string Type => type;

    public virtual IRequest<Committed>? React(ReceivedNotification notification)
    {
        var about = AboutOf(notification);
        return Reference(about) is { } reference && Report(about) is { } report ? new RecordProviderReport(Provider, reference, report) : null;
    }

    /// <summary>The intent. Null: it is about something else.</summary>
    protected virtual string? Reference(JsonElement? about) => about.Text("payment_intent");

    protected virtual PaymentReport? Report(JsonElement? about) => null;

    /// <summary>What the notification does not tell for certain is asked for.</summary>
    protected IRequest<Committed>? LookUp(JsonElement? about) => Reference(about) is { } intent ? new LookAtProviderPayment(Provider, intent) : null;

    protected static JsonElement? AboutOf(ReceivedNotification notification) =>
        ((JsonElement?)JsonSerializer.Deserialize<JsonElement>(notification.Body)).At("data").At("object");
}

internal abstract class StripeIntent(string type) : StripeNotification(type)
{
    protected override string? Reference(JsonElement? about) => about.Text("id");
}

internal sealed class StripeHoldsMoney() : StripeIntent("payment_intent.amount_capturable_updated")
{
    protected override PaymentReport? Report(JsonElement? about) => StripeAmounts.Read(about, "amount_capturable") is { Amount: > 0 } ? new PaymentReport.Authorized() : null;
}

internal sealed class StripeWasPaid() : StripeIntent("payment_intent.succeeded")
{
    protected override PaymentReport? Report(JsonElement? about) => StripeAmounts.Read(about, "amount_received") is { Amount: > 0 } received ? new PaymentReport.Captured(received) : null;
}

internal sealed class StripeDeclined() : StripeIntent("payment_intent.payment_failed")
{
    protected override PaymentReport Report(JsonElement? about) =>
        new PaymentReport.Declined(ProviderHttp.Code(about.At("last_payment_error"), "decline_code", "code") ?? "declined");
}

internal sealed class StripeCanceled() : StripeIntent("payment_intent.canceled")
{
    protected override PaymentReport Report(JsonElement? about) => new PaymentReport.Released();
}

/// <summary>
/// Also by refunds that somebody made at Stripe. It tells the sum of all that there are by then, of which nobody can know which ones those are: so they are looked
/// up one by one. What is let go of uncaptured is called a refund too, and is none.
/// </summary>
internal sealed class StripeGaveBack() : StripeNotification("charge.refunded")
{
    public override IRequest<Committed>? React(ReceivedNotification notification) => LookUp(AboutOf(notification));
}

/// <summary>How a refund of ours stands. Whatever else Stripe calls one is looked up, as with <see cref="StripeGaveBack"/>.</summary>
internal abstract class StripeRefundChanged(string type) : StripeNotification(type)
{
    public override IRequest<Committed>? React(ReceivedNotification notification) => AboutOf(notification) is var about && StripeRefunds.IdOf(about) is not null
        ? base.React(notification)
        : LookUp(about);

    protected override PaymentReport? Report(JsonElement? about) => StripeRefunds.Report(about);
}

internal sealed class StripeRefundUpdated() : StripeRefundChanged("refund.updated");

internal sealed class StripeRefundFailed() : StripeRefundChanged("refund.failed");

internal sealed class StripeChargeRefundUpdated() : StripeRefundChanged("charge.refund.updated");

/// <summary>Inquiries, whose status begins with warning, move no money; one that becomes a dispute is told as a change of it.</summary>
internal abstract class StripeDispute(string type) : StripeNotification(type)
{
    /// <summary>Whether the business has won; null: it goes on.</summary>
    protected virtual bool? IsWon(string status) => null;

    protected override PaymentReport? Report(JsonElement? about) =>
        about.Text("status") is { } status && !status.StartsWith("warning", StringComparison.Ordinal) && about.Text("id") is { } id
        && StripeAmounts.Read(about, "amount") is { } amount
            ? new PaymentReport.Disputed(id, amount, ProviderHttp.Code(about, "reason") ?? "general", IsWon(status))
            : null;
}

internal sealed class StripeDisputeOpened() : StripeDispute("charge.dispute.created");

internal sealed class StripeDisputeChanged() : StripeDispute("charge.dispute.updated");

internal sealed class StripeDisputeTookMoney() : StripeDispute("charge.dispute.funds_withdrawn");

/// <summary>However it is called that it was not lost: the money is the business's.</summary>
internal sealed class StripeDisputeClosed() : StripeDispute("charge.dispute.closed")
{
    protected override bool? IsWon(string status) => status != "lost";
}
