using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>Errors: not_found (404), also for a live tenant.</summary>
public sealed record GetSandboxMessage(Guid Id) : IRequest<SandboxMessage>;

internal sealed class GetSandboxMessageHandler(IReadStore reads, ITenantContext tenant) : IRequestHandler<GetSandboxMessage, SandboxMessage>
{
    public async Task<SandboxMessage> Handle(GetSandboxMessage query, CancellationToken cancellationToken)
    {
        SandboxMessage.CheckOutboxOf(tenant);
        return await reads.Find<SandboxMessage>($"{SandboxMessage.Select} where message_id = @id", new { query.Id }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("message in the outbox"));
    }
}
