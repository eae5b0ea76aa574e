using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Inbound;
using MediatR;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>What PayPal tells of orders, authorizations, captures and refunds is a reason to look at the order: it has all of them, and as they stand now (PAY-09).</summary>
internal abstract class PayPalNotification(string type) : IInboundHandler
{
    public string Provider => PayPalPayments.Provider;

    public string Type => type;

    public IRequest<Committed>? React(ReceivedNotification notification) => React(((JsonElement?)JsonSerializer.Deserialize<JsonElement>(notification.Body)).At("resource"));

    /// <summary>Of captures and authorizations PayPal says the order; a refund made there has its custom id, which is the payment's.</summary>
    protected virtual IRequest<Committed>? React(JsonElement? resource) =>
        resource.At("supplementary_data").At("related_ids").Text("order_id") is { } order ? new LookAtProviderPayment(Provider, order)
        : Guid.TryParse(resource.Text("custom_id"), out var payment) ? new LookAtPayment(new PaymentId(payment))
        : null;
}

/// <summary>The customer approved it: it is authorized by the look.</summary>
internal sealed class PayPalOrderApproved() : PayPalNotification("CHECKOUT.ORDER.APPROVED")
{
    protected override IRequest<Committed>? React(JsonElement? resource) => resource.Text("id") is { } order ? new LookAtProviderPayment(Provider, order) : null;
}

internal sealed class PayPalHoldsMoney() : PayPalNotification("PAYMENT.AUTHORIZATION.CREATED");

internal sealed class PayPalLetGo() : PayPalNotification("PAYMENT.AUTHORIZATION.VOIDED");

internal sealed class PayPalWasPaid() : PayPalNotification("PAYMENT.CAPTURE.COMPLETED");

internal sealed class PayPalDeclined() : PayPalNotification("PAYMENT.CAPTURE.DECLINED");

internal sealed class PayPalDenied() : PayPalNotification("PAYMENT.CAPTURE.DENIED");

internal sealed class PayPalGaveBack() : PayPalNotification("PAYMENT.CAPTURE.REFUNDED");

internal sealed class PayPalTookBack() : PayPalNotification("PAYMENT.CAPTURE.REVERSED");

/// <summary>An inquiry holds no money of the business's yet; one that becomes a dispute is told as a change of it.</summary>
internal abstract class PayPalDispute(string type) : PayPalNotification(type)
{
    protected override IRequest<Committed>? React(JsonElement? resource)
    {
        var paid = (JsonElement?)resource.At("disputed_transactions").Each().FirstOrDefault();
        return resource.Text("dispute_id") is { } dispute && resource.Text("dispute_life_cycle_stage") != "INQUIRY" && Guid.TryParse(paid.Text("custom"), out var payment)
            ? new RecordPaymentReport(new PaymentId(payment), new PaymentReport.Disputed(
                dispute, PayPalAmounts.Parse(resource.At("dispute_amount")), ProviderHttp.Code(resource, "reason") ?? "general", IsWon(resource)))
            : null;
    }

    /// <summary>Null: it goes on, or PayPal does not say how it ended.</summary>
    private static bool? IsWon(JsonElement? dispute) => dispute.Text("status") != "RESOLVED" ? null
        : dispute.At("dispute_outcome").Text("outcome_code") switch
        {
            "RESOLVED_BUYER_FAVOUR" or "ACCEPTED" => false,
            "RESOLVED_SELLER_FAVOUR" or "RESOLVED_WITH_PAYOUT" or "CANCELED_BY_BUYER" or "DENIED" => true,
            _ => null,
        };
}

internal sealed class PayPalDisputeOpened() : PayPalDispute("CUSTOMER.DISPUTE.CREATED");

internal sealed class PayPalDisputeChanged() : PayPalDispute("CUSTOMER.DISPUTE.UPDATED");

internal sealed class PayPalDisputeClosed() : PayPalDispute("CUSTOMER.DISPUTE.RESOLVED");
