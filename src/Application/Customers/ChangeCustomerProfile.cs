using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>What is left out stays. Errors: not_found (404); stale_version (412); those of <see cref="CustomerAccount.ChangeProfile"/> (400).</summary>
public sealed record ChangeCustomerProfile(AccountId AccountId, string? FullName, Change<string>? Phone, Change<string>? Locale, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ChangeCustomerProfileHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ChangeCustomerProfile, Committed>
{
    public Task<Committed> Handle(ChangeCustomerProfile command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value,
        command.ExpectedVersion,
        account => account.ChangeProfile(
            command.FullName ?? account.FullName, command.Phone is { } phone ? phone.To : account.Phone, command.Locale is { } locale ? locale.To : account.Locale,
            clock.GetUtcNow()),
        cancellationToken);
}
