using MediatR;

namespace Mainstreet.Application.TestClocks;

public sealed record GetTestClock(Guid ClockId) : IRequest<TestClock>;

internal sealed class GetTestClockHandler(ITestClocks clocks) : IRequestHandler<GetTestClock, TestClock>
{
    public Task<TestClock> Handle(GetTestClock query, CancellationToken cancellationToken) => clocks.Get(query.ClockId, cancellationToken);
}
