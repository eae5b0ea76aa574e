using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// Sending goes on where it stopped, now, or at a position (row 45). Errors: not_found (404); webhook_endpoint_enabled (409) for one
/// that is to resume and has not stopped; position_ahead (422).
/// </summary>
/// <param name="Position">With <see cref="WebhookResume.Position"/>, and only then: the first event to send.</param>
public sealed record EnableWebhookEndpoint(
    WebhookEndpointId EndpointId, WebhookResume ResumeFrom = WebhookResume.LastAcked, long? Position = null, int? ExpectedVersion = null) : IRequest<WebhookResumed>;

/// <param name="ReplayId">By which events are sent that would not be otherwise; null: there is no need of one.</param>
public sealed record WebhookResumed(WebhookReplayId? ReplayId, int Version) : Committed(Version);

internal sealed class EnableWebhookEndpointValidator : AbstractValidator<EnableWebhookEndpoint>
{
    public EnableWebhookEndpointValidator()
    {
        RuleFor(c => c.Position).NotNull().When(c => c.ResumeFrom is WebhookResume.Position);
        RuleFor(c => c.Position).Null().When(c => c.ResumeFrom is not WebhookResume.Position);
        RuleFor(c => c.Position).GreaterThanOrEqualTo(0);
    }
}

internal sealed class EnableWebhookEndpointHandler(ILane lane, IReadStore reads) : IRequestHandler<EnableWebhookEndpoint, WebhookResumed>
{
    public async Task<WebhookResumed> Handle(EnableWebhookEndpoint command, CancellationToken cancellationToken)
    {
        var (endpoint, id) = (command.EndpointId, new WebhookReplayId(Uuid.New()));
        var range = command.ResumeFrom is not WebhookResume.Position ? null : await reads.Find<LogRange>(
            LogRange.Select, new { FromPosition = command.Position, FromTime = (DateTimeOffset?)null, ToPosition = (long?)null, ToTime = (DateTimeOffset?)null }, cancellationToken);
        range?.Require(range.First, "/position");
        return await lane.Run(
            streams => streams.Of<WebhookEndpoint>(endpoint.Value).Of<WebhookReplay>(id.Value).WithReplaysOf(endpoint),
            (log, now) =>
            {
                var state = log.Find<WebhookEndpoint>(endpoint.Value) ?? throw new DomainException(WebhookEndpointErrors.NotFound);
                log.Expect(endpoint.Value, command.ExpectedVersion);
                log.Append<WebhookEndpoint, WebhookEndpointEvent>(endpoint.Value, state.Enable(command.ResumeFrom, range?.First, now));
                if (range is not null)
                {
                    log.BeginReplay(endpoint, id, range, types: null, now);
                }

                return new WebhookResumed(range is null ? null : id, log.Version(endpoint.Value));
            },
            cancellationToken);
    }
}
