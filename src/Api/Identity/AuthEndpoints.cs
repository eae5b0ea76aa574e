using Mainstreet.Api.Businesses;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Identity;

internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Sign-in").OnPlatform();
        auth.MapPost("/register", Register).WithName("RegisterUser").Public(readsToken: false)
            .Refuses(400, "full_name_invalid", "phone_invalid").Refuses(409, "email_taken", "already_exists").Refuses(429, TooManyAttemptsException.Code);
        auth.MapPost("/login", Login).WithName("SignIn").Public(readsToken: false)
            .Refuses(401, "invalid_credentials").Refuses(404, "not_found").Refuses(429, TooManyAttemptsException.Code);
        auth.MapPost("/refresh", Refresh).WithName("RefreshSession").Public(readsToken: false).Refuses(401, "session_over").Refuses(404, "not_found").Refuses(423, "business_closed");
        auth.MapPost("/switch-business", Switch).WithName("SwitchBusiness").RequireSignIn().Refuses(404, "not_found").Refuses(423, "business_closed");
        auth.MapGet("/me", Me).WithName("GetMe").RequireSignIn();
    }

    private static async Task<CreatedAnswer<SessionBody>> Register(RegisterUserRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new RegisterUser(request.Email, request.Password, request.FullName, client.Client, request.Phone, request.Id is { } id ? new UserId(id) : null), cancellationToken);
        var session = await mediator.Send(new OpenSession(receipt.UserId, client.Client), cancellationToken);
        return Answers.Created("/auth/me", SessionBody.Of(session), receipt);
    }

    private static async Task<OkAnswer<SessionBody>> Login(SignInRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(SessionBody.Of(await mediator.Send(
            new SignIn(request.Email, request.Password, client.Client, request.BusinessId is { } id ? new TenantId(id) : null), cancellationToken)));

    private static async Task<OkAnswer<SessionBody>> Refresh(RefreshRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(SessionBody.Of(await mediator.Send(
            new RefreshSession(request.RefreshToken, request.BusinessId is { } id ? new TenantId(id) : null), cancellationToken)));

    private static async Task<OkAnswer<SessionBody>> Switch(SwitchBusinessRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(SessionBody.Of(await mediator.Send(new SwitchBusiness(caller.Grant.UserId, caller.Grant.SessionId, new TenantId(request.BusinessId)), cancellationToken)));

    private static async Task<OkAnswer<MeBody>> Me(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(MeBody.Of(await mediator.Send(new GetAccount(caller.Grant.UserId), cancellationToken), caller.Grant.TenantId));
}

/// <param name="Id">Chosen by the client, or left out.</param>
/// <param name="Password">10 to 200 characters.</param>
internal sealed record RegisterUserRequest(string Email, string Password, string FullName, string? Phone = null, Guid? Id = null);

/// <param name="BusinessId">In which business to work; left out: the one joined first.</param>
internal sealed record SignInRequest(string Email, string Password, Guid? BusinessId = null);

/// <param name="RefreshToken">Good for one refresh: the answer has the next one.</param>
/// <param name="BusinessId">In which business to work from now on; left out: where the session was last.</param>
internal sealed record RefreshRequest(string RefreshToken, Guid? BusinessId = null);

internal sealed record SwitchBusinessRequest(Guid BusinessId);

/// <param name="TokenType">Bearer</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">For the next access token; absent where the session keeps the one it has.</param>
/// <param name="Business">Where the token counts; absent for a member of nothing.</param>
internal sealed record SessionBody(
    string AccessToken, string TokenType, int ExpiresIn, string? RefreshToken, UserBody User, MembershipBody? Business, IReadOnlyList<MembershipBody> Memberships)
{
    public static SessionBody Of(Session session) => new(
        session.AccessToken, "Bearer", session.ExpiresIn, session.RefreshToken, UserBody.Of(session.Account), session.Current is { } current ? MembershipBody.Of(current) : null,
        [.. session.Account.Memberships.Select(MembershipBody.Of)]);
}

internal sealed record MeBody(UserBody User, MembershipBody? Business, IReadOnlyList<MembershipBody> Memberships)
{
    public static MeBody Of(Account account, TenantId current)
    {
        var memberships = account.Memberships.Select(MembershipBody.Of).ToArray();
        return new(UserBody.Of(account), memberships.FirstOrDefault(membership => membership.Id == current.Value), memberships);
    }
}

/// <param name="HasPin">A PIN for sensitive steps was chosen.</param>
internal sealed record UserBody(Guid Id, string Email, string FullName, bool EmailVerified, bool HasPin)
{
    public static UserBody Of(Account account) => new(account.UserId.Value, account.Email, account.FullName, account.EmailVerified, account.HasPin);
}
