namespace Mainstreet.Domain.Inbound;

public static class InboundErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("inbound message");

    public static readonly DomainError ProviderNotFound = DomainError.NotFound("provider");

    public static readonly DomainError SignatureInvalid =
        new("signature_invalid", "The notification is not signed with the connection's secret, or was signed too long ago.", ErrorKind.Unauthenticated);

    public static readonly DomainError Malformed = new("inbound_malformed", "The notification is not what this provider sends.", ErrorKind.Invalid);

    public static readonly DomainError AccountMissing =
        new("account_missing", "The notification names no account. Have the provider send it to the address of its connection.", ErrorKind.Invalid);

    public static readonly DomainError ChallengeRefused = new("challenge_refused", "This is not the verify token of the connection.", ErrorKind.Forbidden);

    public static readonly DomainError PayloadGone = new("payload_gone", "What the provider sent is not kept any more.", ErrorKind.Gone);
}
