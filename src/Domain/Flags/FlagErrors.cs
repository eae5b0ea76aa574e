namespace Mainstreet.Domain.Flags;

public static class FlagErrors
{
    public static readonly DomainError RuleInvalid = new("flag_invalid", "A flag is for 1 to 100 percent, and ends after it begins.", ErrorKind.Invalid);
    public static readonly DomainError ReasonInvalid = new("reason_invalid", "Say why, in 1 to 200 characters.", ErrorKind.Invalid);
}
