using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;

namespace Mainstreet.Infrastructure.Pipeline;

/// <summary>
/// One command id has one effect and one answer. A repeated request gets the stored answer; a twin that runs at the same
/// time waits in the lane and then gets the winner's. Refusals of the domain are answers too (requirements 9.5).
/// </summary>
internal sealed class IdempotencyBehavior<TRequest, TResponse>(RequestContext context, StoredAnswers answers) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!typeof(Committed).IsAssignableFrom(typeof(TResponse)))
        {
            return await next();
        }

        context.Command = typeof(TRequest).Name;
        var isKeyed = context.Fingerprint is not null;
        context.CommandId ??= Uuid.New();
        if (isKeyed && await answers.Find<TResponse>(context, cancellationToken) is { } stored)
        {
            return stored();
        }

        try
        {
            var answer = await next();
            if (isKeyed && !context.HasCommitted)
            {
                await answers.Store(context, answer!);
            }

            return answer;
        }
        catch (DuplicateCommandException)
        {
            if (await answers.Find<TResponse>(context, cancellationToken) is { } winners)
            {
                return winners();
            }

            throw;
        }
        catch (DomainException e) when (!context.HasCommitted && e.Error.Kind is not (ErrorKind.Busy or ErrorKind.Locked))
        {
            if (isKeyed && await answers.Store(context, e.Error))
            {
                throw;
            }

            // what refuses this attempt may be the effect of its twin, or its own from before a connection was lost
            if (await answers.Find<TResponse>(context, cancellationToken) is { } first)
            {
                return first();
            }

            throw;
        }
    }
}
