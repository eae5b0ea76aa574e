using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>One attempt at what follows from a message. In the queue of its provider, so that a slow one holds up no other (INT-03).</summary>
[Message("inbound.process", Queues.Webhooks)]
public sealed record ProcessInbound(InboundMessageId InboundMessageId, string Queue) : IRequest<Committed>, IQueued
{
    public string DedupeKey => $"inbound.process/{InboundMessageId}";

    public static ProcessInbound Of(InboundMessageId id, string provider) => new(id, provider switch
    {
        "google" => Queues.BusinessProfiles,
        "greeninvoice" or "icount" => Queues.AccountingWebhooks,
        "paypal" or "stripe" or "toyyibpay" => Queues.Payments,
        "voicenter" => Queues.VoicenterWebhooks,
        "whatsapp" => Queues.Conversations,
        _ => Queues.Webhooks,
    });
}

/// <summary>What failed is tried again; the first attempt is scheduled with the message itself.</summary>
internal sealed class InboundProcessing : Policy
{
    public InboundProcessing() : base("inbound_processing")
    {
        On<InboundFailed>(e => Again(ProcessInbound.Of(e.InboundMessageId, e.Provider), e.RetryAt));
        On<InboundRedriven>(e => Again(ProcessInbound.Of(e.InboundMessageId, e.Provider), e.At));
    }

    private static ScheduledCommand Again(ProcessInbound attempt, DateTimeOffset dueAt) => Schedule(attempt, dueAt, attempt.DedupeKey);
}
