using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Infrastructures;

namespace Mainstreet.Domain.Tests.Businesses;

internal static class BusinessSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Bakery = new(Uuid.Named("bakery"));
    public static readonly UserId Owner = new(Uuid.Named("owner"));

    public static readonly BusinessDetails Details = new("Corner Bakery", "bakery", "HRB 1234", "DE123456789",
        new BusinessAddress("Market Street 1", "Hamburg", "20095", "DE", 53.55, 10.0), "/files/logo.svg", "hello@bakery.example", "+49 40 123456");

    public static readonly BusinessSettings Settings = BusinessSettings.Default("EUR", "Europe/Berlin") with { OrderPrefix = "CB-", TaxRatePercent = 7 };

    public static readonly BusinessRegistration Registration = new(Bakery, "Corner Bakery", "corner-bakery", "EUR", "Europe/Berlin", Owner);

    public static BusinessEvent[] Registered => Business.Register(Registration, Now);

    public static BusinessEvent[] Active => [.. Registered, new BusinessActivated(Bakery, Now)];

    public static BusinessEvent[] Suspended => [.. Active, new BusinessSuspended(Bakery, SuspensionReason.Billing, Now)];

    public static BusinessEvent[] Closing => [.. Active, new BusinessClosingStarted(Bakery, Now + Business.Grace, Now)];

    public static BusinessEvent[] Closed => [.. Closing, new BusinessClosed(Bakery, Now)];

    public static BusinessEvent[][] Streams =>
    [
        Business.Register(Registration with { Mode = BusinessMode.Test, TestClockId = Uuid.Named("clock"), Country = "DE", Infrastructure = North }, Now),
        [.. Suspended, new BusinessReinstated(Bakery, Now)],
        [.. Closing, new BusinessReopened(Bakery, Now)],
        Closed,
        [.. Active, new BusinessWelcomed(Bakery, Now), new BusinessSubdomainChanged(Bakery, "corner-bakery", "bakery", Now)],
    ];

    public static TenantId North => new(Uuid.Named("north"));

    public static InfrastructureEvent[][] Infrastructures =>
    [
        [
            new InfrastructureRegistered(North, "North", "north", new("help@north.example"), Now), new InfrastructureChanged(North, "The North", "north", new(), Now),
            new InfrastructureRemoved(North, Now),
        ],
    ];

    public static OnboardingEvent[][] Onboardings =>
    [
        [
            new OnboardingStepCompleted(Bakery, OnboardingStep.PaymentGateway, Now), new OnboardingStepSkipped(Bakery, OnboardingStep.Drivers, Now),
            new OnboardingStepReopened(Bakery, OnboardingStep.Drivers, Now),
        ],
    ];

    public static BusinessProfileEvent[][] Profiles =>
    [
        [
            new BusinessProfileCreated(Bakery, Details, Settings, Now),
            new BusinessProfileChanged(Bakery, Details with { Name = "Corner Bakery & Café" }, Now),
            new BusinessSettingsChanged(Bakery, Settings with { AutoConfirm = true, DeliveryFee = new Money(250, "EUR"), AllowedOrigins = ["https://bakery.example"] }, Now),
        ],
    ];
}
