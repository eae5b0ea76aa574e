using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>Says of a step of the present business's onboarding that it is done or skipped, or takes that back (TEN-14).</summary>
/// <param name="Mark">Null: takes back what was said. Errors: step_done_by_doing, step_needed (409).</param>
public sealed record MarkOnboardingStep(OnboardingStep Step, OnboardingMark? Mark) : IRequest<Committed>;

internal sealed class MarkOnboardingStepHandler(ILane lane, ITenantContext context) : IRequestHandler<MarkOnboardingStep, Committed>
{
    public Task<Committed> Handle(MarkOnboardingStep command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        return lane.Change<Onboarding, OnboardingEvent>(
            Onboarding.StreamOf(business), expectedVersion: null,
            (known, now) => command.Mark switch
            {
                OnboardingMark.Completed => Onboarding.Complete(known, business, command.Step, now),
                OnboardingMark.Skipped => Onboarding.Skip(known, business, command.Step, now),
                null => Onboarding.Reopen(known, business, command.Step, now),
            },
            cancellationToken);
    }
}

/// <summary><see cref="MarkOnboardingStep"/> in any business, by an operator. Runs in the platform's tenant. Errors: also not_found (404).</summary>
public sealed record MarkOnboardingStepOf(TenantId BusinessId, OnboardingStep Step, OnboardingMark? Mark) : IRequest<BusinessUpdated>;

internal sealed class MarkOnboardingStepOfHandler(ITenantScopes scopes, IMediator mediator) : IRequestHandler<MarkOnboardingStepOf, BusinessUpdated>
{
    public async Task<BusinessUpdated> Handle(MarkOnboardingStepOf command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetBusinessRecord(command.BusinessId), cancellationToken);
        return new(await scopes.Send(command.BusinessId, new MarkOnboardingStep(command.Step, command.Mark), cancellationToken));
    }
}
