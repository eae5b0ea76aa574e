using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Inbound;
using MediatR;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>A setup is finished, or will not be. What it says is a reason to look, and no more: it may come late, twice and after the customer's page has said so.</summary>
internal abstract class StripeSetup(string type) : StripeNotification(type)
{
    public override IRequest<Committed>? React(ReceivedNotification notification)
    {
        var metadata = AboutOf(notification).At("metadata");
        return Guid.TryParse(metadata.Text("account_id"), out var account) && Guid.TryParse(metadata.Text("setup_id"), out var setup)
            ? new LookAtMethodSetup(new(account), new(setup))
            : null;
    }
}

internal sealed class StripeSetupFinished() : StripeSetup("setup_intent.succeeded");

internal sealed class StripeSetupCanceled() : StripeSetup("setup_intent.canceled");

/// <summary>A bank has sent its customer another card, and Stripe has put it in the place of the one before. Which one is asked for: an earlier one may be told of later.</summary>
internal abstract class StripeRenewed(string type) : StripeNotification(type)
{
    public override IRequest<Committed>? React(ReceivedNotification notification) =>
        AboutOf(notification).Text("id") is { } id ? new LookAtSavedMethod(PaymentMethodId.Of(Provider, id)) : null;
}

internal sealed class StripeCardRenewed() : StripeRenewed("payment_method.automatically_updated");

internal sealed class StripeMethodUpdated() : StripeRenewed("payment_method.updated");

/// <summary>By us, or by somebody at Stripe.</summary>
internal sealed class StripeMethodDetached() : StripeNotification("payment_method.detached")
{
    public override IRequest<Committed>? React(ReceivedNotification notification) =>
        AboutOf(notification).Text("id") is { } id ? new DropPaymentMethod(PaymentMethodId.Of(Provider, id)) : null;
}
