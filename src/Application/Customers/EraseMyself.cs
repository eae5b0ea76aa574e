using Mainstreet.Application.Identity;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// A customer has all that names them erased, the account with it, by <see cref="EraseSubject"/>: who may ask for it is all that differs. It reaches
/// what was bought with the address as a guest, so it takes the proof that the address is theirs: anybody can register with another one's.
/// That a legal hold stands against it is all that is said of one. Errors: also password_wrong (403); email_not_verified (409); too many attempts (429).
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
        Check.That(account.EmailVerified, IdentityErrors.EmailNotVerified);
        return await mediator.Send(new EraseSubject(account.CustomerId, ErasureReason.Requested), cancellationToken);
    }
}
