using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Reviews;

public enum ReviewModeration
{
    /// <summary>Somebody of the business approves each review.</summary>
    Manual,

    /// <summary>Reviews by those who have got what they review are approved as they come in; anybody can register, and what others write waits.</summary>
    Auto,
}

/// <summary>How a business treats its reviews (C34). One that has set nothing sees each before anybody else does.</summary>
public sealed record ReviewSettings(ReviewModeration Moderation) : IAggregate<ReviewSettings, ReviewSettingsEvent>
{
    public static readonly Guid Stream = Uuid.Named("review_settings");

    public static readonly ReviewSettings Default = new(ReviewModeration.Manual);

    /// <summary>Reviews that wait already go on waiting.</summary>
    /// <param name="present">Null: nothing has been set yet.</param>
    public static ReviewSettingsEvent[] Change(ReviewSettings? present, ReviewModeration moderation, DateTimeOffset now) =>
        moderation == (present ?? Default).Moderation ? [] : [new ReviewSettingsChanged(moderation, now)];

    public static ReviewSettings Evolve(ReviewSettings? state, ReviewSettingsEvent e) => e switch
    {
        ReviewSettingsChanged changed => new(changed.Moderation),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of these settings."),
    };
}

public abstract record ReviewSettingsEvent : IEvent;

[EventType("review_settings.changed.v1", Description = "Reviews are approved in another way from now on.")]
public sealed record ReviewSettingsChanged(ReviewModeration Moderation, DateTimeOffset At) : ReviewSettingsEvent;

[JsonSerializable(typeof(ReviewSettingsChanged))]
internal sealed partial class ReviewSettingsJson : JsonSerializerContext;
