namespace Mainstreet.Domain.Payments;

public static class PaymentErrors
{
    public static readonly DomainError MethodNotAvailable =
        new("payment_method_not_available", "This business does not take this payment method: no payment provider is configured.");

    public static readonly DomainError NotInitiated =
        new("payment_not_initiated", "The order has no payment: it is paid in cash, or was not awaiting payment.", ErrorKind.Conflict);
}
