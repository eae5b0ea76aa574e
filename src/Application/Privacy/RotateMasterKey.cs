using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>Has everything brought under the present master key. It answers at once; <see cref="GetMasterKey"/> tells how far it is.</summary>
public sealed record RotateMasterKey : IRequest<Committed>;

internal sealed class RotateMasterKeyHandler(IMasterKeys keys) : IRequestHandler<RotateMasterKey, Committed>
{
    public Task<Committed> Handle(RotateMasterKey command, CancellationToken cancellationToken)
    {
        keys.Rotate();
        return Task.FromResult(new Committed(0));
    }
}
