using System.Globalization;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Events;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Events;

internal static partial class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events").LongRunning();
        events.MapGet("/", List).WithName("ListEvents").RequirePermission(Permissions.EventsRead)
            .Refuses(400, "validation_failed").Refuses(410, "position_gone").Refuses(429, "too_many_streams").Refuses(503, "shutting_down");
        events.MapGet("/stream", Follow).WithName("FollowEvents").RequirePermission(Permissions.EventsRead)
            .Produces<PublicEvent>(StatusCodes.Status200OK, "text/event-stream")
            .Refuses(400, "validation_failed").Refuses(410, "position_gone").Refuses(429, "too_many_streams");
        api.MapPost("/admin/log-epochs", Begin).WithTags("Operations").WithName("BeginLogEpoch").RequirePermission(Permissions.AdminOperations).RequireStepUp();
    }

    /// <summary>Where pages of an earlier product listen.</summary>
    public static void MapEventsAlias(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/events", (HttpRequest request) => Results.Redirect($"{ApiRoot.Base}/events/stream{request.QueryString}", permanent: true, preserveMethod: true))
        .ExcludeFromDescription();

    /// <param name="after">The next_position of the page before; 0 when left out.</param>
    /// <param name="types">Such as order.placed,payment.* or *.</param>
    /// <param name="correlationId">Those of one request, and of what followed from it.</param>
    /// <param name="epoch">The epoch that the page before named: then a log that was set back since and has grown past the position is noticed too.</param>
    /// <param name="wait">Seconds to wait for an event where there is none yet, 0 to 30.</param>
    /// <param name="limit">Events per page, 1 to 100; 25 when left out.</param>
    private static async Task<EventPageAnswer> List(
        long? after, string? types, Guid? correlationId, long? epoch, int? wait, int? limit,
        Caller caller, StreamPlaces places, IMediator mediator, IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        using var place = wait > 0 ? places.Take(caller.Grant) : null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var query = new ListEvents(Filter(types, correlationId), new(after ?? 0, epoch), limit ?? PageRequest.DefaultLimit, TimeSpan.FromSeconds(wait ?? 0));
        try
        {
            return new(await mediator.Send(query, end.Token));
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            throw new UnavailableException("shutting_down", "This process stops. Ask again.", TimeSpan.FromSeconds(1));
        }
    }

    /// <param name="types">Such as order.placed,payment.* or *.</param>
    /// <param name="correlationId">Those of one request, and of what followed from it.</param>
    /// <param name="epoch">The Log-Epoch in which the events before were read.</param>
    private static async Task Follow(
        StreamStart start, string? types, Guid? correlationId, long? epoch,
        Caller caller, Credentials credentials, StreamPlaces places, IMediator mediator, HttpContext http, IHostApplicationLifetime host, IOptions<StreamOptions> options, ILogger<EventStream> logger)
    {
        using var place = places.Take(caller.Grant);
        using var expiry = Expiry(caller.Grant);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping, expiry.Token);
        using var reader = await mediator.Send(new FollowEvents(Filter(types, correlationId), new(start.After, epoch)), end.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers[EventPageAnswer.EpochHeader] = reader.Epoch.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy passes events on as they come
        var stream = new EventStream(
            reader, http.Response.BodyWriter, options.Value, cancellation => credentials.Accept(caller, cancellation));
        try
        {
            await stream.Send(end.Token);
            stream.End("session_over");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            stream.End(expiry.IsCancellationRequested ? "token_expired" : "shutting_down");
        }
        catch (TimeoutException)
        {
            http.Abort(); // the events it did not take are in the log when it comes again
        }
        catch (Exception e) when (http.Response.HasStarted)
        {
            LogInterrupted(logger, e, caller.Grant.TenantId);
            stream.End("interrupted");
        }
    }

    private static async Task<OkAnswer<LogEpoch>> Begin(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(await mediator.Send(new BeginLogEpoch(), cancellationToken));

    /// <summary>A token is checked when a request comes in, and this one stays.</summary>
    private static CancellationTokenSource Expiry(AccessGrant grant)
    {
        var left = grant.ValidUntil - TimeProvider.System.GetUtcNow();
        return new(left is { } time ? (time > TimeSpan.Zero ? time : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    private static EventFilter Filter(string? types, Guid? correlationId) =>
        new(types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], correlationId);

    [LoggerMessage(LogLevel.Warning, "An event stream of tenant {Tenant} was interrupted; its client comes again")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, TenantId tenant);
}
