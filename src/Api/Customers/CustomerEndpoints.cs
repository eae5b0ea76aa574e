using Mainstreet.Api.Http;
using Mainstreet.Api.Identity;
using Mainstreet.Application;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Mainstreet.Api.Customers;

/// <summary>What customers see and change of themselves (CUS-02, CUS-05).</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/customers/me").WithTags("Customers").RequireCustomer();
        me.MapGet("/", Get).WithName("GetCustomerProfile").Refuses(404, "not_found");
        me.MapPatch("/", Change).WithName("ChangeCustomerProfile").Refuses(400, "full_name_invalid", "phone_invalid", "locale_invalid").Refuses(404, "not_found");
        me.MapDelete("/", Erase).WithName("EraseMyself").For(Purpose.Attend)
            .Refuses(403, "password_wrong").Refuses(404, "not_found").Refuses(409, "customer_has_open_orders", "email_not_verified", "legal_hold").Refuses(429, TooManyAttemptsException.Code);
        me.MapGet("/export", Export).WithName("ExportMyself").Refuses(404, "not_found");
        me.MapPost("/password", ChangePassword).WithName("ChangeCustomerPassword").For(Purpose.Attend)
            .Refuses(403, "password_wrong").Refuses(404, "not_found").Refuses(429, TooManyAttemptsException.Code);
        me.MapGet("/sessions", ListSessions).WithName("ListCustomerSessions");
        me.MapDelete("/sessions", EndOthers).WithName("EndOtherCustomerSessions").For(Purpose.Attend).Produces(StatusCodes.Status204NoContent);
        me.MapDelete("/sessions/{sessionId:guid}", End).WithName("EndCustomerSession").For(Purpose.Attend).Produces(StatusCodes.Status204NoContent);

        var addresses = me.MapGroup("/addresses").Refuses(404, "not_found");
        addresses.MapGet("/", ListAddresses).WithName("ListCustomerAddresses");
        addresses.MapPost("/", Add).WithName("AddCustomerAddress").Refuses(400, "label_invalid").Refuses(409, "too_many_addresses");
        addresses.MapPut("/{addressId:guid}", ChangeAddress).WithName("ChangeCustomerAddress").Refuses(400, "label_invalid");
        addresses.MapDelete("/{addressId:guid}", Remove).WithName("RemoveCustomerAddress");
        addresses.MapPost("/{addressId:guid}/default", SetDefault).WithName("SetDefaultAddress");
    }

    private static async Task<OkAnswer<CustomerBody>> Get(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetCustomer(caller.Customer()), cancellationToken);
        return Answers.Ok(CustomerBody.Of(account.State), account.Version);
    }

    private static async Task<NoContentAnswer> Change(
        ChangeCustomerProfileRequest request, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(caller.Customer(), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Erase(
        [FromBody] EraseMyselfRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new EraseMyself(caller.Customer(), request.Password, client.Client), cancellationToken));

    private static async Task<OkAnswer<CustomerExportBody>> Export(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(CustomerExportBody.Of(await mediator.Send(new ExportMyself(caller.Customer()), cancellationToken)));

    private static async Task<NoContentAnswer> ChangePassword(
        ChangeCustomerPasswordRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new ChangeCustomerPassword(caller.Customer(), caller.Grant.SessionId, request.CurrentPassword, request.NewPassword, client.Client), cancellationToken));

    private static async Task<PageAnswer<SessionEntryBody>> ListSessions(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListSessions(caller.Grant.UserId, paging), cancellationToken), session => SessionEntryBody.Of(session, caller.Grant.SessionId));

    private static async Task<IResult> EndOthers(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndOtherSessions(caller.Grant.UserId, caller.Grant.SessionId), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> End(Guid sessionId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndSession(caller.Grant.UserId, sessionId, SessionEnds.Revoked), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<OkAnswer<AddressesBody>> ListAddresses(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetCustomer(caller.Customer()), cancellationToken);
        return Answers.Ok(AddressesBody.Of(account.State), account.Version);
    }

    private static async Task<CreatedAnswer<AddedAddressBody>> Add(SaveAddressRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AddCustomerAddress(caller.Customer(), request.Label, request.Address, request.Default), cancellationToken);
        return Answers.Created("/customers/me/addresses", new AddedAddressBody(receipt.AddressId.Value), receipt);
    }

    private static async Task<NoContentAnswer> ChangeAddress(
        Guid addressId, ChangeAddressRequest request, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) => Answers.NoContent(
        await mediator.Send(new ChangeCustomerAddress(caller.Customer(), new(addressId), request.Label, request.Address, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Remove(Guid addressId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveCustomerAddress(caller.Customer(), new(addressId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> SetDefault(Guid addressId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetDefaultAddress(caller.Customer(), new(addressId), ifMatch.Version), cancellationToken));
}

/// <summary>A member that is left out stays as it is. Null removes the phone number, or the language.</summary>
internal sealed record ChangeCustomerProfileRequest(string? FullName = null)
{
    private Change<string>? phone;
    private Change<string>? locale;

    public string? Phone
    {
        get => phone?.To;
        init => phone = new(value);
    }

    public string? Locale
    {
        get => locale?.To;
        init => locale = new(value);
    }

    public ChangeCustomerProfile ToCommand(AccountId account, int? expectedVersion) => new(account, FullName, phone, locale, expectedVersion);
}

/// <param name="Password">The customer's: whoever found a device that is signed in erases nobody.</param>
internal sealed record EraseMyselfRequest(string Password);

/// <param name="NewPassword">10 to 200 characters. All other sessions end; this one goes on.</param>
internal sealed record ChangeCustomerPasswordRequest(string CurrentPassword, string NewPassword);
