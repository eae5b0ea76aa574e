namespace Mainstreet.Domain.Identity;

public static class IdentityErrors
{
    public static readonly DomainError NameInvalid = new("full_name_invalid", "A name has 1 to 200 characters.", ErrorKind.Invalid);
    public static readonly DomainError PhoneInvalid = new("phone_invalid", "A phone number has at most 40 characters.", ErrorKind.Invalid);
    public static readonly DomainError EmailTaken = new("email_taken", "There is an account with this e-mail address already.", ErrorKind.Conflict);
    public static readonly DomainError EmailNotVerified = new("email_not_verified", "It is not proved yet that the address is theirs.", ErrorKind.Conflict);
    public static readonly DomainError InvalidCredentials = new("invalid_credentials", "The e-mail address or the password is wrong.", ErrorKind.Unauthenticated);
    public static readonly DomainError SessionOver = new("session_over", "The session is over: sign in again.", ErrorKind.Unauthenticated);
    public static readonly DomainError PinMalformed = new("pin_malformed", "A PIN has 6 digits.", ErrorKind.Invalid);
    public static readonly DomainError PinWeak = new("pin_weak", "This PIN is among the first that anybody would try.", ErrorKind.Invalid);
    public static readonly DomainError PinWrong = new("pin_wrong", "The PIN is wrong.", ErrorKind.Forbidden);
    public static readonly DomainError PinMissing = new("pin_missing", "Choose a PIN first.", ErrorKind.Conflict);
    public static readonly DomainError PasswordWrong = new("password_wrong", "The password is wrong.", ErrorKind.Forbidden);
    public static readonly DomainError MailTokenInvalid =
        new("mail_token_invalid", "The code is not good (any more): ask for another mail.", ErrorKind.Invalid);

    public static readonly DomainError UserExists = new("already_exists", "There is a user with this id already.", ErrorKind.Conflict);
    public static readonly DomainError UserDeactivated = new("user_deactivated", "The user is deactivated.", ErrorKind.Conflict);
    public static readonly DomainError MembershipExists = new("membership_exists", "The user is a member already, in another role.", ErrorKind.Conflict);
    public static readonly DomainError LastOwner = new("last_owner", "A business has at least one owner.");

    public static readonly DomainError RoleAboveYours = new("role_above_yours", "That role holds permissions which yours does not.", ErrorKind.Forbidden);
    public static readonly DomainError OwnersOnly = new("owners_only", "Only an owner can hand the business over.", ErrorKind.Forbidden);

    public static readonly DomainError InvitationExists = new("invitation_exists", "This address has an open invitation already.", ErrorKind.Conflict);
    public static readonly DomainError InvitationOver = new("invitation_over", "The invitation was accepted or canceled.", ErrorKind.Conflict);
    public static readonly DomainError RoleNameInvalid = new("role_name_invalid", "A role has a name of 1 to 60 characters, and a description of at most 200.", ErrorKind.Invalid);
    public static readonly DomainError RoleNameTaken = new("role_name_taken", "The business has a role of this name already.", ErrorKind.Conflict);

    public static DomainError RoleInUse(int holders) => new(
        "role_in_use", "Members, deactivated ones too, or open invitations have this role: give them another one first.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["holders"] = holders });

    public static DomainError SeatLimitReached(int limit, int used) => new(
        "seat_limit_reached", $"All {limit} seats are taken: by members, and by invitations that are open.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = limit, ["used"] = used });

    public static DomainError RoleNotPossible(Role role) => new("role_not_possible", $"{role} is not a role of this tenant's members.", ErrorKind.Invalid);
}
