using Mainstreet.Api.Http;
using Mainstreet.Api.Http.Limits;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Inbound;

/// <summary>Verifies, counts, keeps: what is not verified counts for the address it comes from, like a guest's requests; what is, for its connection.</summary>
internal sealed class NotificationReceiver(InboundProviders providers, IMediator mediator, RateLimits limits, TimeProvider clock)
{
    public async Task<OkAnswer<InboundAnswerBody>> Receive(string name, ConnectionId? connection, HttpContext http, CancellationToken cancellationToken)
    {
        var provider = providers.Get(name);
        var request = await Read(provider, http);
        if (await Verify(new(name, connection, request), http, cancellationToken) is { } place)
        {
            limits.CountInbound(http, place.Connection);
            var receipt = await mediator.Send(new ReceiveInbound(place, request), cancellationToken);
            return Answers.Ok(new InboundAnswerBody(receipt.IsDuplicate ? InboundAnswer.Duplicate : InboundAnswer.Received));
        }

        limits.Count(http, grant: null);
        await mediator.Send(new ParkInbound(name, request), cancellationToken);
        return Answers.Ok(new InboundAnswerBody(InboundAnswer.Parked));
    }

    private async Task<InboundPlace?> Verify(VerifyInbound query, HttpContext http, CancellationToken cancellationToken)
    {
        try
        {
            return await mediator.Send(query, cancellationToken);
        }
        catch (DomainException)
        {
            limits.Count(http, grant: null);
            throw;
        }
    }

    private async Task<InboundRequest> Read(IInboundProvider provider, HttpContext http)
    {
        var body = await RequestBodyMiddleware.Read(http, http.GetEndpoint()!);
        var headers = provider.SignedIn.Where(name => http.Request.Headers.ContainsKey(name)).ToDictionary(name => name, name => http.Request.Headers[name].ToString(), StringComparer.Ordinal);
        var query = provider.SignedIn.Where(http.Request.Query.ContainsKey).ToDictionary(name => name, name => http.Request.Query[name].ToString(), StringComparer.Ordinal);
        return new(body.ToArray(), headers, query, clock.GetUtcNow());
    }
}

internal enum InboundAnswer
{
    Received,

    /// <summary>It was told before.</summary>
    Duplicate,

    /// <summary>Nobody has connected its account yet.</summary>
    Parked,
}

internal sealed record InboundAnswerBody(InboundAnswer Status);
