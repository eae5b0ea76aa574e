namespace Mainstreet.Domain.Identity;

/// <summary>A person who can sign in. What they may do where is a <see cref="Membership"/>. Requirement IAM-01.</summary>
/// <param name="SealedPin">Of the PIN that confirms sensitive steps (IAM-05); null: none was chosen.</param>
public sealed record User(UserId Id, string Email, string FullName, string PasswordHash, bool Active, bool EmailVerified = false, string? SealedPin = null)
    : IAggregate<User, UserEvent>
{
    /// <summary>The address is stored normalised; that nobody else has it is the caller's to know.</summary>
    public static UserEvent[] Register(UserId id, string email, string fullName, string? phone, string passwordHash, DateTimeOffset now)
    {
        var normalized = EmailAddress.Normalize(email);
        Check.That(Check.IsText(fullName, 200), IdentityErrors.NameInvalid);
        Check.That(Check.IsOptionalText(phone, 40), IdentityErrors.PhoneInvalid);
        return [new UserRegistered(id, normalized, fullName, phone, passwordHash, now)];
    }

    public UserEvent[] ChangePassword(string passwordHash, DateTimeOffset now)
    {
        Check.That(Active, IdentityErrors.UserDeactivated);
        return passwordHash == PasswordHash ? [] : [new UserPasswordChanged(Id, passwordHash, now)];
    }

    public UserEvent[] VerifyEmail(DateTimeOffset now) => EmailVerified ? [] : [new UserEmailVerified(Id, now)];

    public UserEvent[] SetPin(string sealedPin, DateTimeOffset now)
    {
        Check.That(Active, IdentityErrors.UserDeactivated);
        return [new UserPinSet(Id, sealedPin, now)];
    }

    public UserEvent[] DetectRefreshReuse(Guid sessionId, DateTimeOffset now) => [new UserRefreshReuseDetected(Id, sessionId, now)];

    public UserEvent[] Deactivate(DateTimeOffset now) => Active ? [new UserDeactivated(Id, now)] : [];

    public static User Evolve(User? user, UserEvent e) => (user, e) switch
    {
        (null, UserRegistered registered) => new(registered.UserId, registered.Email, registered.FullName, registered.PasswordHash, Active: true),
        ({ }, UserPasswordChanged changed) => user with { PasswordHash = changed.PasswordHash },
        ({ }, UserDeactivated) => user with { Active = false },
        ({ }, UserEmailVerified) => user with { EmailVerified = true },
        ({ }, UserPinSet set) => user with { SealedPin = set.SealedPin },
        ({ }, UserRefreshReuseDetected) => user,
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(user is null ? "an empty stream" : "a user")}."),
    };

    /// <summary>Names no person and no secret, because states end up in logs.</summary>
    public override string ToString() => $"User {Id}";
}
