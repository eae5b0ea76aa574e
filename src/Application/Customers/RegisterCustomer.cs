using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// A new account at this business (IAM-07, CUS-05). It is the customer that a guest with the same address was, or the one with whom that guest was merged; what such a guest bought is
/// seen when the address is verified, or by claiming it. Errors: email_taken (409); too many attempts (429).
/// </summary>
public sealed record RegisterCustomer(string Email, string Password, string FullName, Client Client, string? Phone = null, string? Locale = null) : IRequest<CustomerReceipt>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(RegisterCustomer);
}

public sealed record CustomerReceipt(AccountId AccountId, int Version) : Committed(Version);

internal sealed class RegisterCustomerValidator : AbstractValidator<RegisterCustomer>
{
    public RegisterCustomerValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Password).IsNewPassword();
    }
}

internal sealed class RegisterCustomerHandler(ILane lane, CustomerPasswords passwords, IAttempts attempts, ITenantContext context) : IRequestHandler<RegisterCustomer, CustomerReceipt>
{
    private static readonly string Present = $"select account_id from rm.customer_accounts where customer_id = {SamePerson.Present("@customer::uuid")}";

    public async Task<CustomerReceipt> Handle(RegisterCustomer command, CancellationToken cancellationToken)
    {
        var id = new AccountId(Uuid.Named("customer_account", context.CommandId.ToString()));
        var customer = Guest.IdOf(context.Tenant, command.Email);
        await attempts.Reserve(Guess.Registration, command.Email, account: null, command.Client, cancellationToken);
        var password = await passwords.Seal(id, command.Password, cancellationToken);
        return await lane.Run(
            streams => streams.Of<CustomerAccount>(id.Value).OfIdentities(customer).In<CustomerAccount>(Present, new { customer }),
            (log, now) =>
            {
                log.RefuseExisting<CustomerAccount>(id.Value);
                Check.That(log.All<CustomerAccount>() is [], IdentityErrors.EmailTaken); // of the same person, perhaps with another address
                log.Append<CustomerAccount, CustomerAccountEvent>(
                    id.Value, CustomerAccount.Register(id, CustomerIdentity.Present(log.All<CustomerIdentity>(), customer), command.Email, command.FullName, command.Phone, command.Locale, password, now));
                return new CustomerReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}
