using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Files the next stretch of a replay, and asks to be run again when there is more.</summary>
[Message("webhook.replay")]
public sealed record FileWebhookReplay(WebhookReplayId ReplayId) : IRequest<Committed>
{
    public static string DedupeKey(WebhookReplayId replay) => $"webhook.replay/{replay}";
}
