using System.Data.Common;
using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Infrastructure.Inbound;

/// <summary>
/// The command runs in a step of its own, under an id that follows from the message's, so an attempt that was killed behind it finds its effect there. Then
/// the message is settled.
/// </summary>
internal sealed partial class ProcessInboundHandler(
    IAggregates aggregates, IInboundPayloads payloads, InboundHandlers handlers, ITenantScopes scopes, ITenantContext context, TimeProvider clock,
    ILogger<ProcessInboundHandler> logger) : IRequestHandler<ProcessInbound, Committed>
{
    public async Task<Committed> Handle(ProcessInbound command, CancellationToken cancellationToken)
    {
        var id = command.InboundMessageId;
        if (await aggregates.Find<InboundMessage, InboundEvent>(id.Value, cancellationToken) is not { State: { Waits: true } message })
        {
            return new(0);
        }

        Func<InboundMessage, InboundEvent[]> outcome;
        try
        {
            var hasEffect = await React(message, cancellationToken);
            outcome = state => state.Finish(hasEffect, clock.GetUtcNow());
        }
        catch (Exception e) when (e is not (UnavailableException or OperationCanceledException or DbException) && e is not DomainException { Error.Kind: ErrorKind.Locked })
        {
            LogFailed(logger, e, id, message.Provider, message.Type);
            outcome = state => state.Fail(Name(e), clock.GetUtcNow());
        }

        return await aggregates.Update(id.Value, expectedVersion: null, outcome, cancellationToken);
    }

    private async Task<bool> React(InboundMessage message, CancellationToken cancellationToken)
    {
        if (handlers.Find(message.Provider, message.Type) is not { } found)
        {
            return false;
        }

        var body = await payloads.Find(message.Id, cancellationToken) ?? throw new DomainException(InboundErrors.PayloadGone);
        if (found.React(new(message.Id, message.ConnectionId, message.Provider, message.Type, body, clock.GetUtcNow())) is not { } reaction)
        {
            return false;
        }

        await scopes.Send(context.Tenant, reaction, cancellationToken);
        return true;
    }

    /// <summary>What is shown says nothing of what the provider sent.</summary>
    private static string Name(Exception e) => e is DomainException refusal ? $"{refusal.Error.Code}: {refusal.Error.Message}" : $"internal_error: {e.GetType().Name}";

    [LoggerMessage(LogLevel.Warning, "Inbound message {Message} ({Provider} {Type}) could not be processed")]
    private static partial void LogFailed(ILogger logger, Exception e, InboundMessageId message, string provider, string type);
}
