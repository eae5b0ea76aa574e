using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>
/// What shows that the goods were handed over. Errors: not_found (404), proof_invalid (400); illegal_transition (409) before the
/// driver is on the way and after the delivery has ended.
/// </summary>
public sealed record SubmitProof(DeliveryId DeliveryId, ProofOfDelivery Proof) : DriverCommand(DeliveryId);

internal sealed class SubmitProofHandler(IAggregates aggregates, ITenantContext context, TimeProvider clock) : IRequestHandler<SubmitProof, Committed>
{
    public Task<Committed> Handle(SubmitProof command, CancellationToken cancellationToken) => aggregates.Update<Delivery, DeliveryEvent>(
        command.DeliveryId.Value, null, delivery => delivery.SubmitProof(command.Proof, context.Driver(), clock.GetUtcNow()), cancellationToken);
}
