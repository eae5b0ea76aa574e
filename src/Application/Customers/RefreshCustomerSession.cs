using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Exchanges a refresh token for the next one and an access token, as <see cref="RefreshSession"/> does for users; one of another business
/// is good for nothing. Errors: session_over (401); not_found (404) for an account that is closed.
/// </summary>
public sealed record RefreshCustomerSession(string RefreshToken) : IRequest<CustomerSession>
{
    /// <summary>Without the token, because requests end up in logs.</summary>
    public override string ToString() => nameof(RefreshCustomerSession);
}

/// <summary>Keeps that a replaced refresh token came in, in the log of the business.</summary>
internal sealed record NoteCustomerRefreshReuse(AccountId AccountId, Guid SessionId) : IRequest<Committed>;

internal sealed class RefreshCustomerSessionHandler(IMediator mediator, ISessions sessions, IAccessTokens tokens)
    : IRequestHandler<RefreshCustomerSession, CustomerSession>
{
    public async Task<CustomerSession> Handle(RefreshCustomerSession request, CancellationToken cancellationToken)
    {
        var attempt = await sessions.Refresh(request.RefreshToken, cancellationToken);
        if (attempt.Reused is var (account, session))
        {
            await mediator.Send(new NoteCustomerRefreshReuse(new(account.Value), session), cancellationToken);
        }

        var opened = attempt.Session ?? throw new DomainException(IdentityErrors.SessionOver);
        return CustomerSession.Of(tokens, (await mediator.Send(new GetCustomer(new(opened.AccountId.Value)), cancellationToken)).State, opened);
    }
}

internal sealed class NoteCustomerRefreshReuseHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<NoteCustomerRefreshReuse, Committed>
{
    public Task<Committed> Handle(NoteCustomerRefreshReuse command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value, expectedVersion: null, account => account.DetectRefreshReuse(command.SessionId, clock.GetUtcNow()), cancellationToken);
}
