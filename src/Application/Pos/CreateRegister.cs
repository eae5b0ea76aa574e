using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>A till to sell at. Errors: already_exists, code_taken (409), code_invalid, name_invalid (400).</summary>
public sealed record CreateRegister(RegisterId RegisterId, string Code, string Name) : IRequest<Committed>;

internal sealed class CreateRegisterHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CreateRegister, Committed>
{
    public Task<Committed> Handle(CreateRegister command, CancellationToken cancellationToken) => aggregates.Create<Register, RegisterEvent>(
        command.RegisterId.Value, () => Register.Create(command.RegisterId, command.Code, command.Name, clock.GetUtcNow()), cancellationToken);
}
