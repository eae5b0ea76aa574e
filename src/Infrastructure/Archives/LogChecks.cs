using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Privacy;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>An event as it will stand in the target's log.</summary>
internal sealed record StagedEvent(long Line, LoggedEvent Event, Guid? Subject);

/// <summary>
/// Looks at each event of a log that comes in, in order, and makes it the target's: ids renamed, personal data encrypted with new keys.
/// Memory grows with the streams and data subjects of the log, some 100 bytes each, not with its events. Errors: log_invalid (400).
/// </summary>
internal sealed class LogChecks(TenantId target, IArchiveReader archive, DateTimeOffset latest)
{
    /// <summary>They belong into the logs of the platform and of the pool.</summary>
    private static readonly Type[] elsewhere = [typeof(BusinessEvent), typeof(UserEvent), typeof(MembershipEvent), typeof(DriverEvent), typeof(DriverAssignmentEvent)];

    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<Guid, (int Version, Type Owner)> streams = [];
    private readonly Dictionary<Guid, (byte[]? Key, long ErasedTo)> keys = [];
    private readonly Dictionary<Guid, int> endpoints = [];
    private Renaming? renaming;
    private LoggedEvent? last;

    /// <summary>Of the data subjects. One who was erased loses the key of the events before, should an older part of the archive show them.</summary>
    public IReadOnlyDictionary<Guid, (byte[]? Key, long ErasedTo)> Keys => keys;

    /// <summary>Webhook endpoints that are there at the end, with the versions of their streams.</summary>
    public IReadOnlyDictionary<Guid, int> Endpoints => endpoints;

    public BusinessProfile? Profile { get; private set; }

    public LoggedEvent? Last => last;

    public StagedEvent Take(ArchivedEvent archived)
    {
        var (line, e, _) = archived;
        renaming ??= new(archive.Source, target);
        CheckPlace(line, e);
        var said = Read(archived);
        if (renaming.IsForeign(said))
        {
            throw ArchiveErrors.Invalid(line, "data", "another_business", "The event names a business whose log this is not.");
        }

        renaming.Learn(said);
        Follow(line, e, said);
        last = e;
        var subject = e.Kind.Subject?.Invoke(said);
        return new(line, e with { StreamId = renaming.Stream(e.StreamId), Data = Data(e, said, subject) }, subject);
    }

    private void CheckPlace(long line, LoggedEvent e)
    {
        if (e.Position != (last?.Position ?? 0) + 1)
        {
            throw ArchiveErrors.Invalid(line, "position", "gap", $"Must be {(last?.Position ?? 0) + 1}: positions have no gaps and none comes twice.");
        }

        var owner = e.Kind.ClrType.BaseType!;
        if (elsewhere.Contains(owner))
        {
            throw ArchiveErrors.Invalid(line, "type", "not_of_a_business", "Such events are not recorded in the log of a business.");
        }

        var (version, first) = streams.GetValueOrDefault(e.StreamId, (0, owner));
        if (e.Version != version + 1)
        {
            throw ArchiveErrors.Invalid(line, "version", "gap", $"Must be {version + 1}: so many events of the stream came before.");
        }

        if (!owner.Equals(first))
        {
            throw ArchiveErrors.Invalid(line, "type", "foreign_stream", "The stream's events before are those of something else.");
        }

        if (e.RecordedAt < last?.RecordedAt || e.RecordedAt > latest)
        {
            throw ArchiveErrors.Invalid(line, "recorded_at", "out_of_order", "Times neither go back in a log nor lie in the future.");
        }

        streams[e.StreamId] = (e.Version, owner);
    }

    private static IEvent Read(ArchivedEvent archived)
    {
        var (line, e, data) = archived;
        if (RequiredMembers.Missing(e.Kind.ClrType, data) is { } missing)
        {
            throw ArchiveErrors.Invalid(line, $"data.{missing}", "missing", $"{e.Kind.Name} needs it.");
        }

        try
        {
            return (IEvent)data.Deserialize(e.Kind.Json)!;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            var path = fault is JsonException { Path: ['$', '.', .. var inside] } ? $"data.{inside}" : "data";
            throw ArchiveErrors.Invalid(line, path, "invalid", $"Not the data of {e.Kind.Name}.");
        }
    }

    private void Follow(long line, LoggedEvent e, IEvent said)
    {
        switch (said)
        {
            case BusinessProfileEvent profile when e.StreamId != archive.Source.Value || (Profile is null) != (profile is BusinessProfileCreated):
                throw ArchiveErrors.Invalid(line, "stream_id", "invalid", "A business has one profile, in the stream that has its id.");
            case BusinessProfileEvent profile:
                Profile = BusinessProfile.Evolve(Profile, profile);
                break;
            case DataSubjectErased erased:
                keys[erased.SubjectId] = (null, e.Position);
                break;
            case WebhookEndpointDeleted:
                endpoints.Remove(e.StreamId);
                break;
            case WebhookEndpointEvent:
                endpoints[e.StreamId] = e.Version;
                break;
        }
    }

    private string Data(LoggedEvent e, IEvent said, Guid? subject)
    {
        var renames = renaming!.IsNeeded && Renaming.Concerns(said);
        if (subject is null && !renames)
        {
            return e.Data;
        }

        var data = JsonNode.Parse(e.Data)!.AsObject();
        if (renames)
        {
            renaming.Apply(data, said);
        }

        if (subject is { } person)
        {
            var (known, erasedTo) = keys.GetValueOrDefault(person);
            var key = known ?? PersonalDataCipher.NewKey();
            if (EventSerializer.Protect(data, target, e.Kind, person, key))
            {
                keys[person] = (key, erasedTo); // somebody of whom all is erased gets no key
            }
        }

        return data.ToJsonString(plain);
    }
}
