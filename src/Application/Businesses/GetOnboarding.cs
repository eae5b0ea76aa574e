using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

public enum OnboardingStatus
{
    Open,
    Done,
    Skipped,

    /// <summary>There is nothing to do in a business like this.</summary>
    NotApplicable,
}

/// <summary>How far the present business has come (TEN-13, TEN-14): every step, in order. All of it follows from the logs, so nothing is lost between sessions.</summary>
public sealed record GetOnboarding : IRequest<IReadOnlyList<OnboardingItem>>;

/// <param name="At">When it was done, or skipped.</param>
/// <param name="MaySkip">Whether a business is one without it.</param>
public sealed record OnboardingItem(OnboardingStep Step, OnboardingStatus Status, DateTimeOffset? At, bool ByHand, bool MaySkip);

internal sealed class GetOnboardingHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context) : IRequestHandler<GetOnboarding, IReadOnlyList<OnboardingItem>>
{
    public async Task<IReadOnlyList<OnboardingItem>> Handle(GetOnboarding query, CancellationToken cancellationToken)
    {
        var begin = await scopes.Send(TenantId.Platform, new FindBeginning(context.Tenant), cancellationToken) ?? throw new DomainException(DomainError.NotFound("business"));
        var told = (await reads.List<OnboardingRow>("select * from rm.onboarding", null, cancellationToken)).ToDictionary(row => row.Step, StringComparer.Ordinal);
        return [.. Enum.GetValues<OnboardingStep>().Select(step => Item(step, begin, told.GetValueOrDefault(step.ToString())))];
    }

    private static OnboardingItem Item(OnboardingStep step, Beginning begin, OnboardingRow? told)
    {
        var done = step switch
        {
            OnboardingStep.Account => begin.RegisteredAt,
            OnboardingStep.Owner => begin.OwnedSince,
            OnboardingStep.WelcomeEmail => begin.WelcomedAt,
            _ => told?.DoneAt ?? (told?.Mark is OnboardingMark.Completed ? told.MarkedAt : null),
        };
        var (status, at) = (done, told?.Mark) switch
        {
            ({ } since, _) => (OnboardingStatus.Done, (DateTimeOffset?)since),
            (null, OnboardingMark.Skipped) => (OnboardingStatus.Skipped, told!.MarkedAt),
            _ => (IsForNobody(step, begin) ? OnboardingStatus.NotApplicable : OnboardingStatus.Open, null),
        };
        return new(step, status, at, Onboarding.ByHand.Contains(step), !Onboarding.Needed.Contains(step));
    }

    /// <summary>Who made the business as a user, or imported it, needs no welcome; a test business pays with a simulated provider.</summary>
    private static bool IsForNobody(OnboardingStep step, Beginning begin) => step switch
    {
        OnboardingStep.WelcomeEmail => begin.Origin is null,
        OnboardingStep.PaymentGateway => begin.Mode is BusinessMode.Test,
        _ => false,
    };
}

/// <summary>What the platform's log tells of a business's onboarding. Runs in the platform's tenant.</summary>
internal sealed record FindBeginning(TenantId BusinessId) : IRequest<Beginning?>;

/// <param name="OwnedSince">Null while nobody has come to own it.</param>
internal sealed record Beginning(BusinessMode Mode, BusinessOrigin? Origin, DateTimeOffset RegisteredAt, DateTimeOffset? OwnedSince, DateTimeOffset? WelcomedAt);

internal sealed class FindBeginningHandler(IReadStore reads) : IRequestHandler<FindBeginning, Beginning?>
{
    public Task<Beginning?> Handle(FindBeginning query, CancellationToken cancellationToken) => reads.Find<Beginning>(
        """
        select b.mode, b.origin, b.registered_at, b.welcomed_at,
               (select min(m.since) from rm.memberships m where m.business_id = b.business_id and m.role = 'owner' and m.active) as owned_since
          from rm.businesses b where b.business_id = @business_id
        """,
        new { query.BusinessId }, cancellationToken);
}

/// <summary><see cref="GetOnboarding"/> of any business. Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetOnboardingOf(TenantId BusinessId) : IRequest<IReadOnlyList<OnboardingItem>>;

internal sealed class GetOnboardingOfHandler(ITenantScopes scopes) : IRequestHandler<GetOnboardingOf, IReadOnlyList<OnboardingItem>>
{
    public Task<IReadOnlyList<OnboardingItem>> Handle(GetOnboardingOf query, CancellationToken cancellationToken) =>
        scopes.Send(query.BusinessId, new GetOnboarding(), cancellationToken);
}
