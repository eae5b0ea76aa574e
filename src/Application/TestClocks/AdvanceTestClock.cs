using FluentValidation;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.TestClocks;

/// <summary>
/// Moves the clock of the present test tenant forward, to a moment or by a span, and runs what falls due on the way, one
/// message after the other in the order of their times (D11): in all businesses that live by the clock, so only for who may do so in each.
/// </summary>
public sealed record AdvanceTestClock(Guid ClockId, DateTimeOffset? To, TimeSpan? By) : IRequest<TestClockAdvanced>;

/// <summary>A message that ran, at the clock's time.</summary>
/// <param name="BusinessId">Whose message it was: a clock may be that of several.</param>
/// <param name="Outcome">succeeded, retrying or dead_lettered</param>
public sealed record ExecutedMessage(Guid BusinessId, Guid MessageId, string Type, DateTimeOffset DueAt, DateTimeOffset RanAt, string Outcome);

/// <summary>What an advance did, once: a repeated request with the same key does not advance again.</summary>
public sealed record TestClockAdvanced(TestClock Clock, IReadOnlyList<ExecutedMessage> Executed) : Committed(0);

public sealed record TestClock(Guid Id, DateTimeOffset Now);

internal sealed class AdvanceTestClockValidator : AbstractValidator<AdvanceTestClock>
{
    public AdvanceTestClockValidator()
    {
        RuleFor(c => c.To).Must((command, to) => (to is null) != (command.By is null)).WithMessage("Give either a moment (to) or a span (by).");
        RuleFor(c => c.By).GreaterThan(TimeSpan.Zero).LessThanOrEqualTo(TimeSpan.FromDays(3660));
    }
}

internal sealed class AdvanceTestClockHandler(ITestClocks clocks, ITenantScopes scopes, ITenantContext context) : IRequestHandler<AdvanceTestClock, TestClockAdvanced>
{
    public async Task<TestClockAdvanced> Handle(AdvanceTestClock command, CancellationToken cancellationToken)
    {
        await clocks.Get(command.ClockId, cancellationToken);
        var businesses = await scopes.Send(TenantId.Platform, new ListBusinessesOfClock(command.ClockId), cancellationToken);
        return await clocks.Advance(
            command.ClockId, command.To, command.By, [.. businesses.Where(business => business.MayAdvance || business.BusinessId == context.Tenant).Select(business => business.BusinessId)], cancellationToken);
    }
}
