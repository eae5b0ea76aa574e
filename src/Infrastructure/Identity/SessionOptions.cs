namespace Mainstreet.Infrastructure.Identity;

/// <summary>The section <c>Sessions</c> of the configuration.</summary>
internal sealed class SessionOptions
{
    /// <summary>A session ends when it has not been refreshed for this long (IAM-04).</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromDays(30);

    /// <summary>However often it is refreshed, a session ends this long after the sign-in.</summary>
    public TimeSpan Absolute { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the refresh token before the present one still gives the present one.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long sensitive steps are open after the PIN (IAM-05).</summary>
    public TimeSpan StepUp { get; set; } = TimeSpan.FromMinutes(5);
}
