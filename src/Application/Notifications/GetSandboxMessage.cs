using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>Errors: not_found (404), also for a live tenant.</summary>
/// <param name="Invitations">As in <see cref="ListSandboxMessages"/>.</param>
public sealed record GetSandboxMessage(Guid Id, bool Invitations) : IRequest<SandboxMessage>;

internal sealed class GetSandboxMessageHandler(IReadStore reads, ITenantContext tenant) : IRequestHandler<GetSandboxMessage, SandboxMessage>
{
    public async Task<SandboxMessage> Handle(GetSandboxMessage query, CancellationToken cancellationToken)
    {
        SandboxMessage.CheckOutboxOf(tenant);
        return await reads.Find<SandboxMessage>($"{SandboxMessage.Select} where message_id = @id and (@invitations or template <> '{SandboxMessage.Invitation}')", new { query.Id, query.Invitations }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("message in the outbox"));
    }
}
