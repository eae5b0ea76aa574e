using System.Text.Json.Nodes;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>A request with something of another business in it.</summary>
/// <param name="What">Who tries what.</param>
/// <param name="MayBeAnswered">It says enough without what is foreign about it, and so may get an answer of the caller's own.</param>
/// <param name="OnlyItsHead">The answer may have no end.</param>
internal sealed record ForeignRequest(string What, ApiRequest Request, bool MayBeAnswered, bool OnlyItsHead = false);

/// <summary>Every way to name a thing of <paramref name="owner"/> in a request of <paramref name="stranger"/>'s people.</summary>
/// <param name="operations">What can be called.</param>
internal sealed class ForeignRequests(ApiFixture api, Furnished owner, Furnished stranger, IReadOnlyList<ApiOperation> operations)
{
    /// <summary>Headers by which other products name a tenant, a user or a host.</summary>
    private static readonly string[] headers =
        ["X-Tenant-Id", "X-Business-Id", "X-Organization-Id", "X-User-Id", "X-Forwarded-Host", "X-Original-Url", "X-Http-Method-Override", "Cookie"];

    private static readonly (string Name, Func<string, string> Write)[] notations =
    [
        ("plain", id => id),
        ("upper case", id => id.ToUpperInvariant()),
        ("without hyphens", id => id.Replace("-", "", StringComparison.Ordinal)),
        ("in braces", id => $"{{{id}}}"),
        ("in parentheses", id => $"({id})"),
        ("as a URN", id => $"urn:uuid:{id}"),
        ("after a blank", id => $" {id}"),
        ("before a NUL", id => $"{id}\0"),
        ("as a list", id => $"{id},{Guid.Empty}"),
        ("below a path", id => $"../{id}"),
    ];

    private readonly Calls calls = new(stranger);

    /// <summary>Everybody who may come from the stranger's side, by role.</summary>
    private (string Role, Session Session)[] Callers { get; } =
    [
        (Roles.Owner, stranger.Business.Owner),
        (Roles.Driver, stranger.Driver),
        ("guest", api.Guest),
        ("nobody's member", api.As(new UserId(Guid.NewGuid()), TenantId.Platform, Roles.None)),
        .. new[] { Roles.Manager, Roles.Staff, Roles.Cashier, Roles.Dispatcher, Roles.Accountant, Roles.Marketer }
            .Select(role => (role, api.As(new UserId(Guid.NewGuid()), new(stranger.Business.Id), role))),
    ];

    public IEnumerable<ForeignRequest> All() => InPlaces().Concat(OfAnotherKind()).Concat(InHeaders()).Concat(AsUnknownNames());

    /// <summary>The owner's id where such an id belongs, in every notation, by everybody; no one but the stranger's owner reads streams to their end.</summary>
    private IEnumerable<ForeignRequest> InPlaces() =>
        from operation in operations
        from place in IdPlaces.Of(operation).Where(place => !place.IsChosen)
        from caller in Callers
        from notation in notations
        select Try(operation, place, notation.Write(owner.Own(place.Kind)), caller, notation.Name);

    /// <summary>An id of the owner's of every other kind: what is not there as an order may be there as a product.</summary>
    private IEnumerable<ForeignRequest> OfAnotherKind() =>
        from operation in operations
        from place in IdPlaces.Of(operation).Where(place => !place.IsChosen)
        from id in owner.Ids.Where(id => id.Key != place.Kind && id.Key != "handle") // which is what an address says, and everybody's
        select Try(operation, place, id.Value, Callers[0], $"{id.Key} of the other business");

    private IEnumerable<ForeignRequest> InHeaders() =>
        from operation in operations.Where(operation => operation.IsRead)
        from header in headers
        from id in new[] { owner.Business.Id.ToString(), owner.Business.Subdomain }
        let request = calls.Make(operation).With(header, header == "Cookie" ? $"tenant={id}; business_id={id}" : id)
        select new ForeignRequest($"{operation} with {header}: {id}", request, MayBeAnswered: true);

    /// <summary>Names that no operation reads: in the query, and in a body beside what it reads.</summary>
    private IEnumerable<ForeignRequest> AsUnknownNames()
    {
        foreach (var operation in operations)
        {
            foreach (var name in new[] { "tenant_id", "tenant", "business", "organization_id" })
            {
                yield return new($"{operation}?{name}", calls.Make(operation, new Dictionary<string, string> { [name] = owner.Business.Id.ToString() }), MayBeAnswered: false);
                if (operation.Body is not null)
                {
                    var body = calls.Bodies.Of(operation);
                    body[name] = owner.Business.Id.ToString();
                    yield return new($"{operation} /{name}", calls.Make(operation, body: body), MayBeAnswered: false);
                }
            }
        }
    }

    private ForeignRequest Try(ApiOperation operation, IdPlace place, string id, (string Role, Session Session) caller, string notation)
    {
        var parameters = place.Member is null ? new Dictionary<string, string> { [place.Name] = id } : null;
        var body = place.Member is { } member ? calls.Bodies.With(operation, member, Value(notation, id)) : null;
        var valid = calls.Make(operation, parameters, body);
        var request = new ApiRequest(caller.Session, valid.Method, valid.Path, valid.Body);
        request.Headers.AddRange(valid.Headers);
        var isFilter = operation.IsRead && !operation.In("path").Any(parameter => parameter.Name == place.Name);
        var isAnsweredForItself = (operation.Id is "SyncSales" or "ChangeOrderStatuses") && place.Member is not null; // each part: that one is rejected
        var isNotThere = operation.Id == "RemoveCartItem" && place.Name == "item_id"; // what is not in a cart need not be taken out
        return new($"{caller.Role}: {place} = {id} ({notation})", request, MayBeAnswered: isFilter || isAnsweredForItself || isNotThere, operation.IsStream && caller.Role != Roles.Owner);
    }

    private static JsonNode Value(string notation, string id) => notation == "as a list" ? new JsonArray(id[..id.IndexOf(',', StringComparison.Ordinal)]) : id;
}
