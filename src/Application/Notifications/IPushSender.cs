namespace Mainstreet.Application.Notifications;

/// <summary>
/// Messages to browsers that have asked for them (RFC 8030, 8291, 8292). A test tenant's go to its outbox. Sent again under its key a message replaces the one
/// that a device has not shown yet. Errors: UnavailableException.
/// </summary>
public interface IPushSender
{
    /// <summary>With which a browser subscribes; null: nobody sends pushes here.</summary>
    string? PublicKey { get; }

    /// <summary>Whether its keys are of the sort that messages are encrypted for.</summary>
    bool CanReach(PushDevice device);

    /// <summary>Taken where one device's service has taken it.</summary>
    Task<SendOutcome> Send(PushMessage message, CancellationToken cancellationToken);
}

/// <param name="Link">Where a click on it leads.</param>
/// <param name="Template">What sort of message it is, as in order.ready.</param>
public sealed record PushMessage(IReadOnlyList<PushDevice> Devices, string Title, string Text, string Link, string Template, string IdempotencyKey, Guid SubjectId)
{
    /// <summary>Without what is personal, because it ends up in logs.</summary>
    public override string ToString() => $"{nameof(PushMessage)} {Template}";
}

/// <summary>A browser's subscription.</summary>
/// <param name="Endpoint">Where its push service takes messages for it.</param>
/// <param name="P256dh">Its public key, base64url.</param>
/// <param name="Auth">Its secret, base64url.</param>
public sealed record PushDevice(string Endpoint, string P256dh, string Auth);
