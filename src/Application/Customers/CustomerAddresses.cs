using FluentValidation;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>Another address (CUS-02); the first one is the default. Errors: not_found (404); too_many_addresses (409).</summary>
/// <param name="Default">It is the default from now on.</param>
public sealed record AddCustomerAddress(AccountId AccountId, string? Label, Address Address, bool Default) : IRequest<AddressReceipt>;

public sealed record AddressReceipt(AddressId AddressId, int Version) : Committed(Version);

/// <summary>Puts another address in the place of one. Errors: not_found (404); stale_version (412).</summary>
public sealed record ChangeCustomerAddress(AccountId AccountId, AddressId AddressId, string? Label, Address Address, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Where it was the default, the oldest one is. Errors: not_found (404); stale_version (412).</summary>
public sealed record RemoveCustomerAddress(AccountId AccountId, AddressId AddressId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Errors: not_found (404); stale_version (412).</summary>
public sealed record SetDefaultAddress(AccountId AccountId, AddressId AddressId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class AddCustomerAddressValidator : AbstractValidator<AddCustomerAddress>
{
    public AddCustomerAddressValidator() => RuleFor(c => c.Address).ChildRules(AddressRules.Check);
}

internal sealed class ChangeCustomerAddressValidator : AbstractValidator<ChangeCustomerAddress>
{
    public ChangeCustomerAddressValidator() => RuleFor(c => c.Address).ChildRules(AddressRules.Check);
}

internal sealed class AddCustomerAddressHandler(ILane lane, ITenantContext context) : IRequestHandler<AddCustomerAddress, AddressReceipt>
{
    public Task<AddressReceipt> Handle(AddCustomerAddress command, CancellationToken cancellationToken)
    {
        var id = new AddressId(Uuid.Named("address", context.CommandId.ToString()));
        var stream = command.AccountId.Value;
        return lane.Run(
            streams => streams.Of<CustomerAccount>(stream),
            (log, now) =>
            {
                log.Append<CustomerAccount, CustomerAccountEvent>(stream, log.Get<CustomerAccount>(stream).AddAddress(id, command.Label, command.Address, now));
                if (command.Default)
                {
                    log.Append<CustomerAccount, CustomerAccountEvent>(stream, log.Get<CustomerAccount>(stream).SetDefaultAddress(id, now));
                }

                return new AddressReceipt(id, log.Version(stream));
            },
            cancellationToken);
    }
}

internal sealed class ChangeCustomerAddressHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ChangeCustomerAddress, Committed>
{
    public Task<Committed> Handle(ChangeCustomerAddress command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value, command.ExpectedVersion,
        account => account.ChangeAddress(command.AddressId, command.Label, command.Address, clock.GetUtcNow()), cancellationToken);
}

internal sealed class RemoveCustomerAddressHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveCustomerAddress, Committed>
{
    public Task<Committed> Handle(RemoveCustomerAddress command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value, command.ExpectedVersion, account => account.RemoveAddress(command.AddressId, clock.GetUtcNow()), cancellationToken);
}

internal sealed class SetDefaultAddressHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetDefaultAddress, Committed>
{
    public Task<Committed> Handle(SetDefaultAddress command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value, command.ExpectedVersion, account => account.SetDefaultAddress(command.AddressId, clock.GetUtcNow()), cancellationToken);
}
