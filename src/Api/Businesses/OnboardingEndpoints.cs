using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Businesses;

/// <summary>The onboarding of a business as a list of steps, from which any frontend can make a wizard (TEN-13, TEN-14).</summary>
internal static class OnboardingEndpoints
{
    private static readonly (string Path, string Name, OnboardingMark? Mark)[] steps =
    [
        ("/complete", "CompleteOnboardingStep", OnboardingMark.Completed), ("/skip", "SkipOnboardingStep", OnboardingMark.Skipped), ("/reopen", "ReopenOnboardingStep", null),
    ];

    public static void MapOnboarding(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/business/onboarding").WithTags("Onboarding");
        own.MapGet("/", Get).WithName("GetOnboarding").RequirePermission(Permissions.BusinessRead);
        var any = api.MapGroup("/admin/businesses/{businessId:guid}/onboarding").WithTags("Platform").OnPlatform().OfOwnBusinesses();
        any.MapGet("/", GetOf).WithName("GetOnboardingOf").RequirePermission(Permissions.AdminBusinesses);
        foreach (var (path, name, mark) in steps)
        {
            own.MapPost($"/{{step}}{path}", async (string step, IMediator mediator, CancellationToken cancellationToken) =>
                    Answers.NoContent(await mediator.Send(new MarkOnboardingStep(StepOf(step), mark), cancellationToken)))
                .WithName(name).RequirePermission(Permissions.BusinessWrite).Refuses(409, Refused(mark));
            any.MapPost($"/{{step}}{path}", async (Guid businessId, string step, IMediator mediator, CancellationToken cancellationToken) =>
                {
                    await mediator.Send(new MarkOnboardingStepOf(new TenantId(businessId), StepOf(step), mark), cancellationToken);
                    return Answers.NoContent(new Committed(0)); // the commit is the business's
                })
                .WithName($"{name}Of").RequirePermission(Permissions.BusinessesManage).Refuses(409, Refused(mark));
        }
    }

    private static string[] Refused(OnboardingMark? mark) => mark switch
    {
        OnboardingMark.Completed => ["step_done_by_doing"],
        OnboardingMark.Skipped => ["step_needed"],
        _ => [],
    };

    private static OnboardingStep StepOf(string name) =>
        Choice<OnboardingStep>.TryParse(name, null, out var step) ? step.Value : throw new DomainException(DomainError.NotFound("step"));

    private static async Task<OkAnswer<OnboardingBody>> Get(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(OnboardingBody.Of(await mediator.Send(new GetOnboarding(), cancellationToken), OnboardingLinks.OfOwner));

    private static async Task<OkAnswer<OnboardingBody>> GetOf(Guid businessId, IMediator mediator, CancellationToken cancellationToken) => Answers.Ok(OnboardingBody.Of(
        await mediator.Send(new GetOnboardingOf(new TenantId(businessId)), cancellationToken), step => OnboardingLinks.OfOperator(step, businessId)));
}

/// <param name="Steps">In the order in which a wizard asks for them.</param>
/// <param name="Open">How many there still are to do.</param>
internal sealed record OnboardingBody(IReadOnlyList<OnboardingStepBody> Steps, int Open)
{
    public static OnboardingBody Of(IReadOnlyList<OnboardingItem> items, Func<OnboardingStep, OnboardingLinkBody?> linkOf) => new(
        [.. items.Select(item => new OnboardingStepBody(
            Choice<OnboardingStep>.NameOf(item.Step), OnboardingLinks.TitleOf(item.Step), item.Status,
            item.Status is OnboardingStatus.Done ? item.At : null, item.Status is OnboardingStatus.Skipped ? item.At : null, item.ByHand, item.MaySkip,
            linkOf(item.Step)))],
        items.Count(item => item.Status is OnboardingStatus.Open));
}

/// <param name="ByHand">Nothing else tells that it is done: whoever did it says so.</param>
/// <param name="MaySkip">There is a business without it.</param>
/// <param name="Link">The operation that does it; absent where it happens by itself.</param>
internal sealed record OnboardingStepBody(
    string Key, string Title, OnboardingStatus Status, DateTimeOffset? DoneAt, DateTimeOffset? SkippedAt, bool ByHand, bool MaySkip, OnboardingLinkBody? Link);

/// <param name="Operation">As the API's description calls it.</param>
internal sealed record OnboardingLinkBody(string Operation, string Method, string Href);
