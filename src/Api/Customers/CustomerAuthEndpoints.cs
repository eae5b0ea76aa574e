using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Api.Customers;

/// <summary>Accounts of a storefront's customers (IAM-07): whoever signs in here is a customer of this business, and of no other.</summary>
internal static class CustomerAuthEndpoints
{
    public static void MapCustomerAuth(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/storefronts/{subdomain}/auth").WithTags("Customers").OfStorefront();
        Registers(auth.MapPost("/register", Register).WithName("RegisterCustomer"));
        SignsIn(auth.MapPost("/login", Login).WithName("SignInCustomer"));
        auth.MapPost("/refresh", Refresh).WithName("RefreshCustomerSession").For(Purpose.Attend).Public(readsToken: false).Refuses(401, "session_over")
            .ResolveTenant<StorefrontOfSessions>();
        auth.MapPost("/logout", Logout).WithName("SignOutCustomer").For(Purpose.Attend).RequireCustomer().ResolveTenant<StorefrontOfSessions>().Produces(StatusCodes.Status204NoContent);
        auth.MapPost("/forgot-password", Forgot).WithName("ForgetCustomerPassword").For(Purpose.Attend).Public(readsToken: false)
            .Refuses(429, TooManyAttemptsException.Code).Produces(StatusCodes.Status202Accepted);
        auth.MapPost("/reset-password", Reset).WithName("ResetCustomerPassword").For(Purpose.Attend).Public(readsToken: false).Refuses(400, "mail_token_invalid");
        auth.MapPost("/verify-email", Verify).WithName("VerifyCustomerEmail").For(Purpose.Attend).RequireCustomer().Refuses(400, "mail_token_invalid");
        auth.MapPost("/email-verification", SendAgain).WithName("SendCustomerEmailVerification").For(Purpose.Attend).RequireCustomer()
            .Refuses(429, TooManyAttemptsException.Code).Produces(StatusCodes.Status202Accepted);

        Registers(api.MapPost("/auth/customer/register", RegisterAt).WithName("RegisterCustomerAt").Refuses(404, "not_found")).ResolveTenant<StorefrontInBody>();
        SignsIn(api.MapPost("/auth/customer/login", LoginAt).WithName("SignInCustomerAt").Refuses(404, "not_found")).ResolveTenant<StorefrontInBody>();
    }

    private static RouteHandlerBuilder Registers(RouteHandlerBuilder endpoint) => endpoint.WithTags("Customers").Public(readsToken: false)
        .Refuses(400, "full_name_invalid", "phone_invalid", "locale_invalid").Refuses(409, "email_taken", "already_exists").Refuses(429, TooManyAttemptsException.Code);

    private static RouteHandlerBuilder SignsIn(RouteHandlerBuilder endpoint) => endpoint.WithTags("Customers").Public(readsToken: false).For(Purpose.Attend)
        .Refuses(401, "invalid_credentials").Refuses(429, TooManyAttemptsException.Code);

    private static async Task<CreatedAnswer<CustomerSessionBody>> Register(
        string subdomain, RegisterCustomerRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new RegisterCustomer(request.Email, request.Password, request.FullName, client.Client, request.Phone, request.Locale), cancellationToken);
        var session = await mediator.Send(new OpenCustomerSession(receipt.AccountId, client.Client), cancellationToken);
        return Answers.Created("/customers/me", CustomerSessionBody.Of(session), receipt);
    }

    private static Task<CreatedAnswer<CustomerSessionBody>> RegisterAt(
        RegisterCustomerAtRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Register(request.Storefront, new(request.Email, request.Password, request.FullName, request.Phone, request.Locale), client, mediator, cancellationToken);

    private static async Task<OkAnswer<CustomerSessionBody>> Login(
        string subdomain, SignInCustomerRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(CustomerSessionBody.Of(await mediator.Send(new SignInCustomer(request.Email, request.Password, client.Client), cancellationToken)));

    private static Task<OkAnswer<CustomerSessionBody>> LoginAt(
        SignInCustomerAtRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Login(request.Storefront, new(request.Email, request.Password), client, mediator, cancellationToken);

    private static async Task<OkAnswer<CustomerSessionBody>> Refresh(
        string subdomain, RefreshCustomerRequest request, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            return Answers.Ok(CustomerSessionBody.Of(await mediator.Send(new RefreshCustomerSession(request.RefreshToken), cancellationToken)));
        }
        catch (DomainException e) when (e.Error.Code == IdentityErrors.SessionOver.Code && http.Features.Get<UnpublishedStorefront>() is not null)
        {
            throw new ProblemException(Problems.NotFound);
        }
    }

    private static async Task<IResult> Logout(string subdomain, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndSession(caller.Grant.UserId, caller.Grant.SessionId, SessionEnds.Logout), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> Forgot(string subdomain, ForgotCustomerPasswordRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RequestCustomerPasswordReset(request.Email, client.Client), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<NoContentAnswer> Reset(
        string subdomain, ResetCustomerPasswordRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ResetCustomerPassword(request.Token, request.NewPassword, client.Client), cancellationToken));

    private static async Task<NoContentAnswer> Verify(string subdomain, VerifyCustomerEmailRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new VerifyCustomerEmail(caller.Customer(), request.Token), cancellationToken));

    private static async Task<IResult> SendAgain(string subdomain, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RequestCustomerEmailVerification(caller.Customer(), client.Client), cancellationToken);
        return Results.Accepted();
    }

    /// <summary>The account of the customer who calls.</summary>
    internal static AccountId Customer(this Caller caller) => new(caller.Grant.UserId.Value);
}
