using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Businesses;

/// <summary>Recorded in the business's own log.</summary>
public abstract record OnboardingEvent : IEvent;

[EventType("onboarding.step_completed.v1", Internal = true)]
public sealed record OnboardingStepCompleted(TenantId BusinessId, OnboardingStep Step, DateTimeOffset At) : OnboardingEvent;

[EventType("onboarding.step_skipped.v1", Internal = true)]
public sealed record OnboardingStepSkipped(TenantId BusinessId, OnboardingStep Step, DateTimeOffset At) : OnboardingEvent;

[EventType("onboarding.step_reopened.v1", Internal = true)]
public sealed record OnboardingStepReopened(TenantId BusinessId, OnboardingStep Step, DateTimeOffset At) : OnboardingEvent;

[JsonSerializable(typeof(OnboardingStepCompleted))]
[JsonSerializable(typeof(OnboardingStepSkipped))]
[JsonSerializable(typeof(OnboardingStepReopened))]
internal sealed partial class OnboardingJson : JsonSerializerContext;
