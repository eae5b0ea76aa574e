using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.TestClocks;

/// <summary>The clock of a test business (D11): it stands still until it is advanced, and everything timed follows it.</summary>
internal static class TestClockEndpoints
{
    public static void MapTestClocks(this IEndpointRouteBuilder api)
    {
        var clocks = api.MapGroup("/test-clocks/{clockId:guid}").WithTags("Sandbox").RequirePermission(Permissions.ClockAdvance);
        clocks.MapGet("/", Get).WithName("GetTestClock");
        clocks.MapGet("/executed", ListExecuted).WithName("ListExecutedMessages");
        clocks.MapPost("/advance", Advance).WithName("AdvanceTestClock").LongRunning().For(Purpose.Attend)
            .Refuses(409, "clock_busy").Refuses(422, "clock_backwards", "clock_too_far");
    }

    private static async Task<OkAnswer<TestClock>> Get(Guid clockId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(await mediator.Send(new GetTestClock(clockId), cancellationToken));

    private static async Task<PageAnswer<ExecutedMessage>> ListExecuted(Guid clockId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListExecutedMessages(clockId, paging), cancellationToken));

    private static async Task<OkAnswer<TestClockAdvancedBody>> Advance(
        Guid clockId, AdvanceTestClockRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var advanced = await mediator.Send(new AdvanceTestClock(clockId, request.To, Durations.Read(request.By, "/by")), cancellationToken);
        return Answers.Ok(new TestClockAdvancedBody(advanced.Clock.Id, advanced.Clock.Now, advanced.Executed), advanced);
    }
}

/// <summary>Either a moment or a span.</summary>
/// <param name="To">The moment to advance to.</param>
/// <param name="By">An ISO 8601 duration of days, hours, minutes and seconds, such as P1DT12H or PT15M.</param>
internal sealed record AdvanceTestClockRequest(DateTimeOffset? To = null, string? By = null);

/// <param name="Now">The time the clock shows from now on.</param>
/// <param name="Executed">What fell due on the way in all businesses that live by the clock, in the order in which it ran.</param>
internal sealed record TestClockAdvancedBody(Guid Id, DateTimeOffset Now, IReadOnlyList<ExecutedMessage> Executed);
