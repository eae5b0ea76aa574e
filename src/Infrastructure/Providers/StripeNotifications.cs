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

    public IRequest<Committed>? React(ReceivedNotification notification)
    {
        var about = ((JsonElement?)JsonSerializer.Deserialize<JsonElement>(notification.Body)).At("data").At("object");
        return Reference(about) is { } reference && Report(about) is { } report ? new RecordProviderReport(Provider, reference, report) : null;
    }

    /// <summary>The intent. Null: it is about something else.</summary>
    protected virtual string? Reference(JsonElement? about) => about.Text("payment_intent");

    protected abstract PaymentReport? Report(JsonElement? about);
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

/// <summary>Also refunds that somebody made at Stripe. What is let go of uncaptured is called a refund too, and is none.</summary>
internal sealed class StripeGaveBack() : StripeNotification("charge.refunded")
{
    protected override PaymentReport? Report(JsonElement? about)
    {
        var isCaptured = about.At("captured") is { ValueKind: JsonValueKind.True };
        return isCaptured && about.Text("id") is { } charge && StripeAmounts.Read(about, "amount") is { } amount
            && StripeAmounts.Read(about, "amount_captured") is { } captured && StripeAmounts.Read(about, "amount_refunded") is { } refunded
            ? new PaymentReport.RefundedInAll(captured, refunded - (amount - captured), charge)
            : null;
    }
}

/// <summary>How a refund that was asked for here stands.</summary>
internal abstract class StripeRefundChanged(string type) : StripeNotification(type)
{
    protected override PaymentReport? Report(JsonElement? about) =>
        Guid.TryParse(about.At("metadata").Text("refund_id"), out var id) ? StripeRefunds.Report(about, new(id)) : null;
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
