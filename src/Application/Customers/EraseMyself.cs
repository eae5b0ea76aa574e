using Mainstreet.Application.Identity;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// A customer has all that names them erased, the account with it, by <see cref="EraseSubject"/>: who may ask for it is all that differs.
/// Errors: also password_wrong (403); too many attempts (429).
/// </summary>
public sealed record EraseMyself(AccountId AccountId, string Password, Client Client) : IRequest<ErasureReceipt>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(EraseMyself);
}

internal sealed class EraseMyselfHandler(PasswordProof proof, IMediator mediator) : IRequestHandler<EraseMyself, ErasureReceipt>
{
    public async Task<ErasureReceipt> Handle(EraseMyself command, CancellationToken cancellationToken)
    {
        var account = await proof.Check(command.AccountId, command.Password, command.Client, cancellationToken);
        return await mediator.Send(new EraseSubject(account.CustomerId, ErasureReason.Requested), cancellationToken);
    }
}
