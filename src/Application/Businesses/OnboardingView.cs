using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Application.Businesses;

/// <summary>What the business's own log tells of a step of its onboarding; no row where it tells nothing.</summary>
/// <param name="Step">The name of an <see cref="OnboardingStep"/>.</param>
/// <param name="DoneAt">When it was done first, by doing it.</param>
internal sealed record OnboardingRow([property: Key] string Step, DateTimeOffset? DoneAt, OnboardingMark? Mark, DateTimeOffset? MarkedAt);

internal sealed class OnboardingProjection : Projection<OnboardingRow>
{
    public OnboardingProjection() : base("onboarding", version: 1)
    {
        Does<BusinessProfileChanged>(OnboardingStep.Details, e => e.At);
        Does<BusinessSettingsChanged>(OnboardingStep.Settings, e => e.At);
        Does<CategoryCreated>(OnboardingStep.Categories, e => e.At);
        Does<RosterDriverAdded>(OnboardingStep.Drivers, e => e.At);
        Does<StorefrontPublished>(OnboardingStep.Activation, e => e.At);
        OnEach<StorefrontUpdated, OnboardingStep>(
            e => StepsOf(e.Settings), (_, step) => Row(step), (row, e, _) => row with { DoneAt = row.DoneAt ?? e.At });
        On<OnboardingStepCompleted>(e => Row(e.Step), (row, e) => row with { Mark = OnboardingMark.Completed, MarkedAt = e.At });
        On<OnboardingStepSkipped>(e => Row(e.Step), (row, e) => row with { Mark = OnboardingMark.Skipped, MarkedAt = e.At });
        On<OnboardingStepReopened>(e => Row(e.Step), (row, _) => row with { Mark = null, MarkedAt = null });
    }

    private void Does<TEvent>(OnboardingStep step, Func<TEvent, DateTimeOffset> at) where TEvent : class, IEvent =>
        On<TEvent>(_ => Row(step), (row, e) => row with { DoneAt = row.DoneAt ?? at(e) });

    private static IEnumerable<OnboardingStep> StepsOf(StorefrontSettings settings)
    {
        if (settings.Delivery is not null || !settings.OpeningHours.SameAs(StorefrontSettings.Default.OpeningHours))
        {
            yield return OnboardingStep.Settings;
        }

        if (settings.Branding != StorefrontSettings.Default.Branding)
        {
            yield return OnboardingStep.Theme;
        }
    }

    private static OnboardingRow Row(OnboardingStep step) => new(step.ToString(), null, null, null);
}
