using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>One attempt at what follows from a message. In the queue of its provider, so that a slow one holds up no other (INT-03).</summary>
[Message("inbound.process", Queues.Webhooks)]
public sealed record ProcessInbound(InboundMessageId InboundMessageId, string Queue) : IRequest<Committed>, IQueued;

internal sealed class InboundProcessing : Policy
{
    public InboundProcessing() : base("inbound_processing")
    {
        On<InboundReceived>(e => Run(e.InboundMessageId, e.Provider, e.At));
        On<InboundFailed>(e => Run(e.InboundMessageId, e.Provider, e.RetryAt));
        On<InboundRedriven>(e => Run(e.InboundMessageId, e.Provider, e.At));
    }

    private static ScheduledCommand Run(InboundMessageId id, string provider, DateTimeOffset dueAt) => Schedule(new ProcessInbound(id, QueueOf(provider)), dueAt, $"inbound.process/{id}");

    private static string QueueOf(string provider) => provider switch
    {
        "google" => Queues.BusinessProfiles,
        "greeninvoice" or "icount" => Queues.AccountingWebhooks,
        "stripe" or "toyyibpay" => Queues.Payments,
        "voicenter" => Queues.VoicenterWebhooks,
        "whatsapp" => Queues.Conversations,
        _ => Queues.Webhooks,
    };
}
