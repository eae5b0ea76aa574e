namespace Mainstreet.Domain.Businesses;

/// <summary>What there is to do until a business works, in the order in which a wizard asks for it. Requirement TEN-13.</summary>
public enum OnboardingStep
{
    Account,
    Details,
    Plan,
    Settings,
    Owner,
    PaymentGateway,
    Categories,
    Theme,
    Drivers,
    DriverPool,
    Activation,
    WelcomeEmail,
}

/// <summary>What somebody said of a step. What is done by doing it is seen in the log, and said by nobody.</summary>
public enum OnboardingMark
{
    Completed,
    Skipped,
}

/// <summary>The steps of a business that were completed or skipped by hand, in its own log. Requirement TEN-14.</summary>
public sealed record Onboarding(TenantId BusinessId, IReadOnlyDictionary<OnboardingStep, OnboardingMark> Marks) : IAggregate<Onboarding, OnboardingEvent>
{
    /// <summary>Those of which nothing else tells that they are done.</summary>
    public static readonly IReadOnlySet<OnboardingStep> ByHand =
        new HashSet<OnboardingStep> { OnboardingStep.Plan, OnboardingStep.PaymentGateway, OnboardingStep.DriverPool };

    /// <summary>Those without which there is no business.</summary>
    public static readonly IReadOnlySet<OnboardingStep> Needed =
        new HashSet<OnboardingStep> { OnboardingStep.Account, OnboardingStep.Owner, OnboardingStep.Activation, OnboardingStep.WelcomeEmail };

    public static Guid StreamOf(TenantId business) => Uuid.Named("onboarding", business.ToString());

    public static OnboardingEvent[] Complete(Onboarding? onboarding, TenantId business, OnboardingStep step, DateTimeOffset now)
    {
        Check.That(ByHand.Contains(step), BusinessErrors.StepDoneByDoing);
        return onboarding?.MarkOf(step) is OnboardingMark.Completed ? [] : [new OnboardingStepCompleted(business, step, now)];
    }

    public static OnboardingEvent[] Skip(Onboarding? onboarding, TenantId business, OnboardingStep step, DateTimeOffset now)
    {
        Check.That(!Needed.Contains(step), BusinessErrors.StepNeeded);
        return onboarding?.MarkOf(step) is OnboardingMark.Skipped ? [] : [new OnboardingStepSkipped(business, step, now)];
    }

    /// <summary>What was said of the step is taken back.</summary>
    public static OnboardingEvent[] Reopen(Onboarding? onboarding, TenantId business, OnboardingStep step, DateTimeOffset now) =>
        onboarding?.MarkOf(step) is null ? [] : [new OnboardingStepReopened(business, step, now)];

    public static Onboarding Evolve(Onboarding? onboarding, OnboardingEvent e) => e switch
    {
        OnboardingStepCompleted completed => With(onboarding, completed.BusinessId, completed.Step, OnboardingMark.Completed),
        OnboardingStepSkipped skipped => With(onboarding, skipped.BusinessId, skipped.Step, OnboardingMark.Skipped),
        OnboardingStepReopened reopened => With(onboarding, reopened.BusinessId, reopened.Step, null),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of an onboarding."),
    };

    private OnboardingMark? MarkOf(OnboardingStep step) => Marks.TryGetValue(step, out var mark) ? mark : null;

    private static Onboarding With(Onboarding? onboarding, TenantId business, OnboardingStep step, OnboardingMark? mark)
    {
        var marks = new Dictionary<OnboardingStep, OnboardingMark>(onboarding?.Marks ?? new Dictionary<OnboardingStep, OnboardingMark>());
        marks.Remove(step);
        if (mark is { } said)
        {
            marks.Add(step, said);
        }

        return new(business, marks);
    }
}
