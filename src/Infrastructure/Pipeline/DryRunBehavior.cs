using System.Reflection;
using Mainstreet.Application;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Privacy;
using Mainstreet.Application.Webhooks;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Pipeline;

/// <summary>
/// Lets a request be tried only where all that it does are reads and commits: its handler has no other ports than those named here,
/// and is no message of a queue whose work is calling others. Errors: dry_run_not_possible (422).
/// </summary>
internal sealed class DryRunBehavior<TRequest, TResponse>(RequestContext context, IServiceProvider services) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (context.DryRun is not null
            && !(DryRunPorts.CallsNobody(typeof(TRequest)) && DryRunPorts.WritesTheLogAlone(services.GetRequiredService<IRequestHandler<TRequest, TResponse>>().GetType())))
        {
            throw DryRun.NotPossible($"{typeof(TRequest).Name} does more than to record events.");
        }

        return next();
    }
}

internal static class DryRunPorts
{
    /// <summary>They read, calculate, or write to the log by way of a commit.</summary>
    private static readonly HashSet<Type> known =
    [
        typeof(IAggregates), typeof(ILane), typeof(IReadStore), typeof(IHistory), typeof(ITenantContext), typeof(ITenantScopes), typeof(IMediator), typeof(TimeProvider),
        typeof(IPasswords), typeof(IMailTokens), typeof(IEntitlements), typeof(IFeatures), typeof(ISecretBox), typeof(IKnownSecrets), typeof(ITrackingTokens), typeof(IWebhookSigner), typeof(IWebhookTransport), typeof(IPaymentProviders), typeof(ISubjectTraces),
    ];

    public static bool CallsNobody(Type request) => request.GetCustomAttribute<MessageAttribute>() is null or { Queue: Queues.Default };

    public static bool WritesTheLogAlone(Type type) => known.Contains(type)
        || (type is { IsClass: true, IsAbstract: false } && type.GetConstructors()[0].GetParameters().All(port => WritesTheLogAlone(port.ParameterType)));
}
