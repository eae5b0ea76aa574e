using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Events;

/// <summary>An event as it came in over a stream.</summary>
/// <param name="Id">What a client would send as Last-Event-ID from now on.</param>
public sealed record Heard(string Id, string Type, string Text)
{
    public long Position => long.Parse(Id, CultureInfo.InvariantCulture);

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}

/// <summary>A client of a stream, which reads as the standard says.</summary>
public sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage response;
    private readonly SseParser<string> parser;
    private readonly IAsyncEnumerator<SseItem<string>> items;

    private Listener(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        parser = SseParser.Create(body, (_, data) => Encoding.UTF8.GetString(data));
        items = parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    /// <summary>Of the last event that came in whole; the parser's own may be that of one which was cut off.</summary>
    public string? LastEventId { get; private set; }

    public TimeSpan Retry => parser.ReconnectionInterval;

    public static async Task<Listener> Open(ApiRequest request)
    {
        var answer = await request.Open();
        ((int)answer.StatusCode).ShouldBe(200, request.Path);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        return new(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; null where the stream has ended.</summary>
    public async Task<Heard?> NextOrEnd()
    {
        while (await items.MoveNextAsync().AsTask().WaitAsync(LongEnough, TestContext.Current.CancellationToken))
        {
            if (items.Current.Data.Length > 0)
            {
                LastEventId = parser.LastEventId;
                return new(LastEventId, items.Current.EventType, items.Current.Data);
            }
        }

        return null;
    }

    public async Task<Heard> Next() => (await NextOrEnd()).ShouldNotBeNull();

    public async Task<Heard[]> Next(int count)
    {
        var heard = new List<Heard>();
        while (heard.Count < count)
        {
            heard.Add(await Next());
        }

        return [.. heard];
    }

    /// <summary>Hangs up, whatever is on its way.</summary>
    public ValueTask DisposeAsync()
    {
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static class EventStarters
{
    /// <summary>A user of his own listens, for a user has few streams.</summary>
    public static Task<Listener> Listen(this ApiFixture api, TestBusiness shop, string query = "", string? lastEventId = null)
    {
        var request = api.As(new UserId(Guid.NewGuid()), new TenantId(shop.Id), Roles.Owner).Get($"/events/stream{query}");
        return Listener.Open(lastEventId is null ? request : request.With("Last-Event-ID", lastEventId));
    }

    /// <summary>The whole feed behind a position, page by page.</summary>
    public static async Task<JsonElement[]> Feed(this Session session, long after = 0, string query = "")
    {
        var events = new List<JsonElement>();
        while (true)
        {
            var page = await session.Get($"/events?after={after}&limit=100{query}").Returns(200);
            events.AddRange(page.Data);
            after = page.Json.GetProperty("next_position").GetInt64();
            if (!page.Json.GetProperty("has_more").GetBoolean())
            {
                return [.. events];
            }
        }
    }

    public static long[] Positions(this IEnumerable<JsonElement> events) => [.. events.Select(e => e.GetProperty("position").GetInt64())];
}
