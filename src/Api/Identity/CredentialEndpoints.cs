using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Identity;

/// <summary>Passwords, the PIN of sensitive steps, and the proof that a mail arrives.</summary>
internal static class CredentialEndpoints
{
    public static void MapCredentials(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Sign-in").OnPlatform().Refuses(429, TooManyAttemptsException.Code);
        auth.MapPost("/password", Change).WithName("ChangePassword").RequireSignIn().Refuses(403, "password_wrong");
        auth.MapPost("/password/forgot", Forgot).WithName("ForgetPassword").Public(readsToken: false).Produces(StatusCodes.Status202Accepted);
        auth.MapPost("/password/reset", Reset).WithName("ResetPassword").Public(readsToken: false).Refuses(400, "mail_token_invalid");
        auth.MapPost("/email/verify", Verify).WithName("VerifyEmail").Public(readsToken: false).Refuses(400, "mail_token_invalid");
        auth.MapPost("/email/verification", SendAgain).WithName("SendEmailVerification").RequireSignIn().Produces(StatusCodes.Status202Accepted);
        auth.MapPost("/pin", SetPin).WithName("SetPin").RequireSignIn().Refuses(403, "password_wrong");
        auth.MapPost("/step-up", StepUp).WithName("StepUp").RequireSignIn().Refuses(401, "session_over").Refuses(403, "pin_wrong").Refuses(409, "pin_missing");
    }

    private static async Task<OkAnswer<SessionBody>> Change(
        ChangePasswordRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        var changed = await mediator.Send(new ChangePassword(caller.Grant.UserId, request.Password, request.NewPassword, client.Client), cancellationToken);
        var business = caller.Grant.Role == Roles.None ? (TenantId?)null : caller.Grant.TenantId;
        return Answers.Ok(SessionBody.Of(await mediator.Send(new OpenSession(caller.Grant.UserId, client.Client, business), cancellationToken)), changed);
    }

    private static async Task<IResult> Forgot(ForgotPasswordRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RequestPasswordReset(request.Email, client.Client), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<NoContentAnswer> Reset(ResetPasswordRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ResetPassword(request.Token, request.NewPassword, client.Client), cancellationToken));

    private static async Task<NoContentAnswer> Verify(VerifyEmailRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new VerifyEmail(request.Token), cancellationToken));

    private static async Task<IResult> SendAgain(Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RequestEmailVerification(caller.Grant.UserId, client.Client), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<NoContentAnswer> SetPin(
        SetPinRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetPin(caller.Grant.UserId, request.Password, request.Pin, client.Client), cancellationToken));

    private static async Task<OkAnswer<StepUpBody>> StepUp(
        StepUpRequest request, Caller caller, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new StepUpBody(await mediator.Send(new StepUp(caller.Grant.UserId, caller.Grant.SessionId, request.Pin, client.Client), cancellationToken)));
}

/// <param name="Password">The present one.</param>
/// <param name="NewPassword">10 to 200 characters. All sessions end; the answer is a new one.</param>
internal sealed record ChangePasswordRequest(string Password, string NewPassword);

internal sealed record ForgotPasswordRequest(string Email);

/// <param name="Token">From the mail; good once, for an hour.</param>
/// <param name="NewPassword">10 to 200 characters. All sessions end.</param>
internal sealed record ResetPasswordRequest(string Token, string NewPassword);

/// <param name="Token">From the mail; good for a week.</param>
internal sealed record VerifyEmailRequest(string Token);

/// <param name="Password">The user's password.</param>
/// <param name="Pin">6 digits, no run and no repetition.</param>
internal sealed record SetPinRequest(string Password, string Pin);

internal sealed record StepUpRequest(string Pin);

/// <param name="SteppedUpUntil">Until then the session may take sensitive steps.</param>
internal sealed record StepUpBody(DateTimeOffset SteppedUpUntil);
