using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>Which master key seals, and how far a rotation has come. Never a key.</summary>
public sealed record GetMasterKey : IRequest<MasterKeyState>;

internal sealed class GetMasterKeyHandler(IMasterKeys keys) : IRequestHandler<GetMasterKey, MasterKeyState>
{
    public Task<MasterKeyState> Handle(GetMasterKey query, CancellationToken cancellationToken) => keys.State(cancellationToken);
}
