namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>What a business has been given to come back with (cursors, keys, tags, positions), brought by another one.</summary>
internal sealed class RememberedRequests(Furnished owner, Furnished stranger, IReadOnlyList<ApiOperation> operations)
{
    /// <summary>
    /// A driver is one person in the pool of all businesses, known by the address that the body gives; and who shows the address and the
    /// password of a customer of the storefront that the body names is that customer.
    /// </summary>
    private static readonly string[] sharedByAll = ["AddDriver", "RegisterCustomerAt"];

    private readonly Calls own = new(owner), foreign = new(stranger);

    /// <summary>The texts of what the owner's keyed requests made; they are as secret as its ids.</summary>
    public List<string> Made { get; } = [];

    private List<ForeignRequest> Requests { get; } = [];

    /// <summary>Has the owner do what it can do, and says what the stranger then tries with it.</summary>
    public async Task<IReadOnlyList<ForeignRequest>> Collect()
    {
        await Cursors();
        await Keys();
        await Tags();
        Positions();
        return Requests;
    }

    /// <summary>A cursor of each list of the owner, in every list of the stranger.</summary>
    private async Task Cursors()
    {
        var lists = operations.Where(operation => operation.IsRead && operation.In("query").Any(parameter => parameter.Name == "cursor")).ToArray();
        foreach (var list in lists)
        {
            var page = await own.Make(list, new Dictionary<string, string> { ["limit"] = "1" }).Send();
            if (page.Status == 200 && page.Json.TryGetProperty("next_cursor", out var cursor) && cursor.GetString() is { } next)
            {
                Requests.AddRange(lists.Select(other =>
                    new ForeignRequest($"{other} with a cursor of {list}", foreign.Make(other, new Dictionary<string, string> { ["cursor"] = next }), MayBeAnswered: true)));
            }
        }
    }

    /// <summary>The owner's keys of what it made, with the same body and with another one.</summary>
    private async Task Keys()
    {
        foreach (var operation in operations.Where(operation => operation.Method == HttpMethod.Post && operation.Body is not null && !sharedByAll.Contains(operation.Id) && !IdPlaces.Of(operation).Any(place => !place.IsChosen)))
        {
            var (key, body) = (Guid.NewGuid().ToString(), own.Bodies.Of(operation));
            var made = await own.Make(operation, body: body).Key(key).Send();
            if (made.Status == 201 && made.Json.TryGetProperty("id", out var id))
            {
                Made.Add(id.GetString()!);
            }

            foreach (var (what, sent) in new[] { ("the same body", body), ("a body of its own", foreign.Bodies.Of(operation)) })
            {
                Requests.Add(new($"{operation} with a key of the other business and {what}", foreign.Make(operation, body: sent).Key(key), MayBeAnswered: true));
            }
        }
    }

    /// <summary>The tags of the owner's things, for them; but not with a token, for who holds that is their guest.</summary>
    private async Task Tags()
    {
        var tag = (await owner.Business.Owner.Get($"/business/orders/{owner.Own("order_id")}").Returns(200)).ETag!;
        foreach (var operation in operations.Where(operation => !operation.IsRead && operation.In("header").Any(parameter => parameter.Name == "If-Match") && !operation.In("query").Any(parameter => parameter.Name == "token")))
        {
            var ids = IdPlaces.Of(operation).Where(place => place.Member is null).DistinctBy(place => place.Name).ToDictionary(place => place.Name, place => owner.Own(place.Kind));
            Requests.Add(new($"{operation} with a tag of the other business", foreign.Make(operation, ids).IfMatch(tag), MayBeAnswered: ids.Count == 0));
        }
    }

    /// <summary>Places in the owner's log, in the stranger's reads and streams.</summary>
    private void Positions()
    {
        var position = owner.Business.Owner.Position!.Value;
        foreach (var read in operations.Where(operation => operation is { IsRead: true, IsStream: false }))
        {
            Requests.Add(new($"{read} at a position of the other business", foreign.Make(read, new Dictionary<string, string> { ["min_position"] = $"{position}", ["wait_ms"] = "0" }), MayBeAnswered: true));
        }

        foreach (var stream in operations.Where(operation => operation.IsStream))
        {
            Requests.AddRange(Enumerable.Range(0, (int)position).Select(seen =>
                new ForeignRequest($"{stream} after {seen}", foreign.Make(stream).With("Last-Event-ID", $"{seen}"), MayBeAnswered: true, OnlyItsHead: true)));
        }
    }
}
