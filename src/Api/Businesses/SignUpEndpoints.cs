using Mainstreet.Api.Http;
using Mainstreet.Api.Identity;
using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Businesses;

internal static class SignUpEndpoints
{
    public static void MapSignUp(this IEndpointRouteBuilder api) =>
        api.MapPost("/signup", SignUp).WithName("SignUp").WithTags("Businesses").OnPlatform().Public(readsToken: false)
            .Refuses(400, "full_name_invalid", "phone_invalid", "name_invalid", "subdomain_invalid", "currency_unknown", "timezone_unknown", "country_invalid")
            .Refuses(409, "email_taken", "subdomain_taken", "subdomain_reserved").Refuses(429, TooManyAttemptsException.Code);

    private static async Task<CreatedAnswer<SignedUpBody>> SignUp(SignUpRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        var mode = request.Mode ?? BusinessMode.Live;
        var receipt = await mediator.Send(
            new SignUp(
                request.BusinessName, request.Subdomain, request.Currency, request.Timezone, mode, request.Country, request.Email, request.Password,
                request.FullName, request.Phone, client.Client),
            cancellationToken);
        var session = await mediator.Send(new OpenSession(receipt.UserId, client.Client, receipt.BusinessId), cancellationToken);
        return Answers.Created(
            $"/businesses/{receipt.BusinessId}",
            new SignedUpBody(
                new(receipt.BusinessId.Value, request.BusinessName, receipt.Subdomain, request.Currency, request.Timezone, mode, BusinessStatus.Active,
                    receipt.TestClockId, request.Country),
                SessionBody.Of(session)),
            receipt);
    }
}

/// <param name="Subdomain">3 to 63 lower-case letters and digits, with single hyphens inside; left out: made from the business's name.</param>
/// <param name="Currency">ISO 4217</param>
/// <param name="Timezone">IANA, such as Europe/Berlin</param>
/// <param name="Password">10 to 200 characters.</param>
/// <param name="FullName">The owner's.</param>
/// <param name="Mode">test: a sandbox whose clock can be moved and whose providers are simulated. Left out: live.</param>
/// <param name="Country">ISO 3166-1 alpha-2</param>
internal sealed record SignUpRequest(
    string BusinessName, string Currency, string Timezone, string Email, string Password, string FullName, string? Subdomain = null, string? Country = null,
    string? Phone = null, BusinessMode? Mode = null);

/// <param name="Business">Ready to be worked in.</param>
/// <param name="Session">Of its owner, in it.</param>
internal sealed record SignedUpBody(CreatedBusinessBody Business, SessionBody Session);
