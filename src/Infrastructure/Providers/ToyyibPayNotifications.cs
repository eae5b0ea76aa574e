using System.Text;
using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Inbound;
using MediatR;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>ToyyibPay's callbacks are a reason to look: of what they say only status, order_id and refno are signed.</summary>
internal abstract class ToyyibPayNotification(string type) : IInboundHandler
{
    public string Provider => ToyyibPayments.Provider;

    public string Type => type;

    public IRequest<Committed>? React(ReceivedNotification notification) =>
        Guid.TryParse(Notifications.Form(notification.Body).GetValueOrDefault("order_id"), out var payment) ? React(new PaymentId(payment)) : null;

    protected abstract IRequest<Committed> React(PaymentId payment);
}

internal sealed class ToyyibPayWasPaid() : ToyyibPayNotification("payment.succeeded")
{
    protected override IRequest<Committed> React(PaymentId payment) => new LookAtPayment(payment);
}

internal sealed class ToyyibPayDeclined() : ToyyibPayNotification("payment.failed")
{
    protected override IRequest<Committed> React(PaymentId payment) => new RecordPaymentReport(payment, new PaymentReport.Declined("declined"));
}
