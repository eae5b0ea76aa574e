using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application;

/// <summary>The stored name and the queue of a command that can be scheduled or sent; a contract like an event's name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute(string name, string queue = Queues.Default, Purpose purpose = Purpose.WindUp) : Attribute
{
    public string Name { get; } = name;

    public string Queue { get; } = queue;

    /// <summary>What is scheduled runs while its business closes, and waits while it is suspended, unless it attends to something.</summary>
    public Purpose Purpose { get; } = purpose;
}

/// <summary>A command whose queue is not the same for all of its sort.</summary>
public interface IQueued
{
    string Queue { get; }
}

/// <summary>Each queue has workers of its own, so that a slow one blocks nothing else (INT-03).</summary>
public static class Queues
{
    public const string Default = "default";
    public const string Payments = "payments";
    public const string Webhooks = "webhooks";
    public const string VoicenterWebhooks = "webhooks.voicenter";
    public const string AccountingWebhooks = "webhooks.accounting";
    public const string Conversations = "conversations";
    public const string Reviews = "scheduled.reviews";
    public const string Photos = "scheduled.photos";
    public const string Posts = "scheduled.posts";
    public const string Notifications = "notifications";
    public const string AiGeneration = "ai.generation";
    public const string BusinessProfiles = "gbp.operations";
    public const string Exports = "exports";
    public const string Imports = "imports";

    public static readonly IReadOnlyList<string> All =
    [
        Default, Payments, Webhooks, VoicenterWebhooks, AccountingWebhooks, Conversations, Reviews, Photos, Posts, Notifications, AiGeneration, BusinessProfiles, Exports,
        Imports,
    ];
}
