using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>A session of a customer who has proved who they are. Errors: not_found (404).</summary>
public sealed record OpenCustomerSession(AccountId AccountId, Client Client) : IRequest<CustomerSession>;

/// <param name="ExpiresIn">Seconds until the access token is refused.</param>
public sealed record CustomerSession(string AccessToken, int ExpiresIn, string RefreshToken, CustomerAccount Account)
{
    /// <summary>Without the tokens, because answers end up in logs.</summary>
    public override string ToString() => $"Session of {Account}";

    /// <summary>Everything that the access token says follows from the session's state, so that those who refresh at once are told the same.</summary>
    internal static CustomerSession Of(IAccessTokens tokens, CustomerAccount account, OpenedSession opened)
    {
        var jti = Uuid.Named("access token", opened.SessionId.ToString(), opened.RotatedAt.ToString("O")).ToString("N");
        var grant = new AccessGrant(account.Id.SignsIn, opened.BusinessId, Roles.Customer, opened.SessionId, jti);
        return new(tokens.Issue(grant, opened.RotatedAt), (int)tokens.Lifetime.TotalSeconds, opened.RefreshToken, account); // a test business's clock may stand anywhere
    }
}

internal sealed class OpenCustomerSessionHandler(IMediator mediator, ISessions sessions, IAccessTokens tokens, ITenantContext context)
    : IRequestHandler<OpenCustomerSession, CustomerSession>
{
    public async Task<CustomerSession> Handle(OpenCustomerSession request, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(request.AccountId), cancellationToken)).State;
        return CustomerSession.Of(tokens, account, await sessions.Open(account.Id.SignsIn, context.Tenant, request.Client, cancellationToken));
    }
}
