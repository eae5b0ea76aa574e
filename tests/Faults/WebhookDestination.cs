using System.Security.Cryptography;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Faults;

/// <summary>How a receiver behaves.</summary>
internal enum Manner
{
    Healthy,

    /// <summary>Answers 500 to the first attempt of some messages.</summary>
    Fails,

    /// <summary>Resets the connection at the first attempt of some messages.</summary>
    Resets,

    /// <summary>Answers one message while another receiver answers many.</summary>
    Slow,
}

/// <summary>What has come in at one endpoint: the ids, what was wrong with them, and no bodies, for there may be many.</summary>
internal sealed class WebhookDestination(Manner manner)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> hashes = [];
    private readonly HashSet<string> acknowledged = [];
    private readonly Dictionary<Guid, long> newest = [];
    private readonly List<string> wrong = [];

    public Manner Manner => manner;

    /// <summary>Shown once, when the endpoint is registered.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Messages that came in although they had come in before.</summary>
    public int Repeated { get; private set; }

    /// <summary>The ids of what was taken.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    /// <summary>Signatures, bytes and places in the order that are not as they should be.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Answers whether it is the first attempt.</summary>
    public bool Take(Received message)
    {
        var (hash, isSigned) = (SHA256.HashData(message.Body), message.IsSignedWith(Secret));
        lock (gate)
        {
            if (!isSigned)
            {
                wrong.Add($"{message.Id} is not signed with the secret of its endpoint");
            }

            if (hashes.TryAdd(message.Id, hash))
            {
                return true;
            }

            Repeated++;
            if (!hashes[message.Id].AsSpan().SequenceEqual(hash))
            {
                wrong.Add($"{message.Id} came again with other bytes");
            }

            return false;
        }
    }

    /// <summary>Answers how many different messages have been taken now; null when it had been taken before.</summary>
    public int? Acknowledge(Received message)
    {
        var (subject, position) = (message.Subject, message.Position);
        lock (gate)
        {
            if (!acknowledged.Add(message.Id))
            {
                return null;
            }

            if (newest.TryGetValue(subject, out var before) && before > position)
            {
                wrong.Add($"{message.Id} of {subject} at {position} came after {before}");
            }

            newest[subject] = position;
            return acknowledged.Count;
        }
    }
}
