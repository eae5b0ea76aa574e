using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Opens sensitive steps to the session for some minutes, for who knows the PIN (IAM-05). Answers until when. Runs in the platform's
/// tenant. Errors: pin_missing (409); pin_wrong (403); too many attempts (429): the third wrong one locks the PIN for 15 minutes, in
/// whatever session it was given; session_over (401).
/// </summary>
public sealed record StepUp(UserId UserId, Guid SessionId, string Pin, Client Client) : IRequest<DateTimeOffset>
{
    /// <summary>Without the PIN, because requests end up in logs.</summary>
    public override string ToString() => nameof(StepUp);
}

internal sealed class StepUpHandler(IAggregates aggregates, IPasswords passwords, ISecretBox secrets, IAttempts attempts, ISessions sessions)
    : IRequestHandler<StepUp, DateTimeOffset>
{
    public static string Purpose(UserId user) => $"pin:{user}";

    public async Task<DateTimeOffset> Handle(StepUp command, CancellationToken cancellationToken)
    {
        var user = await aggregates.Find<User, UserEvent>(command.UserId.Value, cancellationToken);
        var sealedPin = user?.State.SealedPin ?? throw new DomainException(IdentityErrors.PinMissing);
        var attempt = await attempts.Reserve(Guess.Pin, command.UserId.ToString(), command.UserId, command.Client, cancellationToken);
        var hash = Encoding.UTF8.GetString(secrets.Open(sealedPin, Purpose(command.UserId)));
        Check.That(await passwords.Verify(hash, command.Pin, cancellationToken), IdentityErrors.PinWrong);
        await attempt.Succeeded(cancellationToken);
        return await sessions.StepUp(command.SessionId, cancellationToken) ?? throw new DomainException(IdentityErrors.SessionOver);
    }
}
