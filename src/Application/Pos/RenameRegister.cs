using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>Its code stays, for receipts bear it. Errors: not_found (404), stale_version (412), name_invalid (400).</summary>
public sealed record RenameRegister(RegisterId RegisterId, int? ExpectedVersion, string Name) : IRequest<Committed>;

internal sealed class RenameRegisterHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RenameRegister, Committed>
{
    public Task<Committed> Handle(RenameRegister command, CancellationToken cancellationToken) => aggregates.Update<Register, RegisterEvent>(
        command.RegisterId.Value, command.ExpectedVersion, register => register.Rename(command.Name, clock.GetUtcNow()), cancellationToken);
}
