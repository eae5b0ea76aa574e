using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The data of an event as filters see it: made when one asks, and once.</summary>
internal sealed class EventData(EventEnvelope envelope)
{
    private JsonElement? data;

    public JsonElement Read() => data ??= JsonSerializer.SerializeToElement(envelope.Event, envelope.Event.GetType(), EventJson.Options);
}
