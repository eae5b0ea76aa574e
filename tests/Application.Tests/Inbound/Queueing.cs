using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;

namespace Mainstreet.Application.Tests.Inbound;

/// <summary>Each provider has a queue, so that a slow one holds up no other (INT-03).</summary>
public sealed class Queueing
{
    [Theory]
    [InlineData("stripe", Queues.Payments)]
    [InlineData("voicenter", Queues.VoicenterWebhooks)]
    [InlineData("icount", Queues.AccountingWebhooks)]
    [InlineData("whatsapp", Queues.Conversations)]
    [InlineData("google", Queues.BusinessProfiles)]
    [InlineData("another", Queues.Webhooks)]
    public void Each_provider_has_its_own(string provider, string queue) => ProcessInbound.Of(new InboundMessageId(Uuid.New()), provider).Queue.ShouldBe(queue);
}
