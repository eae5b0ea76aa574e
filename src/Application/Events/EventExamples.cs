using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Events;

/// <summary>A body of each event type, made as every body is, of the samples that hold the stored shape in place.</summary>
internal static class EventExamples
{
    private static readonly Guid business = new("018f4e2a-6b1c-7d3e-9a4f-5b6c7d8e9f00");
    private static readonly Guid user = new("018f4e2a-6b1c-7d3e-9a4f-5b6c7d8e9f01");
    private static readonly Guid request = new("018f4e2a-6b1c-7d3e-9a4f-5b6c7d8e9f02");
    private static readonly Guid eventId = new("018f4e2a-6b1c-7d3e-9a4f-5b6c7d8e9f03");
    private static readonly DateTimeOffset at = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <param name="name">The stored name, such as order.placed.v1.</param>
    /// <param name="data">The record that is stored under it.</param>
    public static JsonElement Of(string name, Type data)
    {
        var sample = Sample(name);
        var happened = (IEvent)sample.Deserialize(data, EventJson.Options)!;
        var subject = sample.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.String && member.Value.TryGetGuid(out _))
            .Select(member => member.Value.GetGuid()).FirstOrDefault(business);
        var metadata = new EventMetadata(new("user", user, "owner"), "", request, request, request);
        return JsonElement.Parse(EventBody.Of(new(new(business), eventId, subject, Version: 1, Position: 42, name, happened, new StoredMetadata(metadata), at), PayloadKind.Full));
    }

    private static JsonElement Sample(string name)
    {
        using var stream = typeof(IEvent).Assembly.GetManifestResourceStream($"golden/{name}.json")
            ?? throw new InvalidOperationException($"{name} has no sample: run UPDATE_GOLDEN=1 dotnet test tests/Domain.Tests.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
