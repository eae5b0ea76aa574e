using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>
/// Every id of one business, used by another one wherever the API takes such an id: it is answered as an id that nobody has,
/// and nothing of the first business changes. A product of its own, because all of its database is compared.
/// </summary>
public sealed class IsolationSweep(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    /// <summary>Answers to an id that is not the caller's, where they are not 404. All are those to an id that nobody has.</summary>
    private static readonly Dictionary<string, int> otherwise = new(StringComparer.Ordinal)
    {
        // a basket names the lines that cannot be bought
        ["AmendOrder /add/0/variant_id"] = 422,
        ["GuestCheckout /lines/0/variant_id"] = 422,
        ["PlaceOrder /lines/0/variant_id"] = 422,
        ["QuoteOrder /lines/0/variant_id"] = 422,
        ["AddCartItem /variant_id"] = 422,
        ["RingUpSale /lines/0/variant_id"] = 422,
        // and what cannot be chosen with them
        ["AmendOrder /add/0/choices/0/choice_id"] = 422,
        ["GuestCheckout /lines/0/choices/0/choice_id"] = 422,
        ["PlaceOrder /lines/0/choices/0/choice_id"] = 422,
        ["QuoteOrder /lines/0/choices/0/choice_id"] = 422,
        ["AddCartItem /choices/0/choice_id"] = 422,
        ["ChangeCartItem /choices/0/choice_id"] = 422,
        ["RingUpSale /lines/0/choices/0/choice_id"] = 422,
        // and with what it is paid
        ["PlaceOrder /payment_method_id"] = 422,
        ["CheckOutCart /payment_method_id"] = 422,
        // what is not in the cart need not be taken out
        ["RemoveCartItem item_id"] = 204,
        // nobody has the refresh token beside it
        ["RefreshSession /business_id"] = 401,
        // nobody is told which connections there are, nor has their secrets
        ["AnswerWebhookChallenge connection_id"] = 403,
        ["ReceiveConnectionInbound connection_id"] = 401,
        ["ReceiveConnectionInbound token"] = 401,
        ["ReceiveInbound token"] = 401,
        // each sale is answered for itself
        ["ChangeOrderStatuses /items/0/order_id"] = 200,
        ["SyncSales /sales/0/customer_id"] = 200,
        ["SyncSales /sales/0/lines/0/variant_id"] = 200,
        ["SyncSales /sales/0/lines/0/choices/0/choice_id"] = 200,
        ["SyncSales /sales/0/session_id"] = 200,
        // filters of lists: the page is empty
        ["BrowseProducts category"] = 200,
        ["FollowEvents correlation_id"] = 200,
        ["ListAudit actor"] = 200,
        ["ListAudit subject"] = 200,
        ["ListDeliveries driver_id"] = 200,
        ["ListDeliveries order_id"] = 200,
        ["ListEvents correlation_id"] = 200,
        ["ListInboundMessages connection_id"] = 200,
        ["ListNotifications order_id"] = 200,
        ["ListPayments order_id"] = 200,
        ["ListProducts category"] = 200,
        ["ListRegisterSessions register_id"] = 200,
        ["ListReviews order_id"] = 200,
        ["ListReviews product_id"] = 200,
        ["ListSales customer_id"] = 200,
        ["ListSales session_id"] = 200,
        ["ListScheduledMessages subject"] = 200,
        ["ListDeliveriesOfWebhookEndpoint subject"] = 200,
        ["GetStockValuation location"] = 200,
        ["ListStockItems location"] = 200,
        ["ListStockMovements location"] = 200,
        ["ListStockMovements variant_id"] = 200,
        ["ListStockTransfers location"] = 200,
        ["ListWebhookDeliveries subject"] = 200,
    };

    /// <summary>Things that are known to the whole product, so that their ids are taken for all; any other id may be chosen by every business.</summary>
    private static readonly string[] takenForAll = ["AddDriver /id", "CreateBusiness /id", "DefineRole /id", "RegisterUser /id"];

    /// <summary>What was sold is sold once, with its words, and without an id that is not the product's: so the next one is the same sale.</summary>
    private const string Told = "SyncSales /sales/0/lines/0/choices/0/choice_id";

    private readonly HashSet<string> chosen = [];
    private WebhookReceiver receiver = null!;
    private ApiOperation[] operations = null!;
    private Furnished acme = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await WebhookReceiver.Start();
        operations = IdPlaces.Operations(await ApiDocument.Of(api));
        acme = await Furnished.Make(api, receiver, "acme");
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    /// <summary>Else the sweep below would show nothing. What removes something comes last.</summary>
    [Fact]
    public async Task A_business_finds_its_own_ids_in_the_same_places()
    {
        var calls = new Calls(acme);
        var faults = new List<string>();
        var inOrder = operations
            .OrderBy(operation => operation.Method == HttpMethod.Delete ? 2 : operation.IsRead ? 0 : 1)
            .ThenByDescending(operation => operation.Method == HttpMethod.Delete ? operation.Path.Count(c => c == '/') : 0) // parts before the whole
            .ThenBy(operation => !operation.Path.StartsWith("/api/v1/driver/", StringComparison.Ordinal)); // before the delivery is taken from the driver
        foreach (var operation in inOrder)
        {
            var places = IdPlaces.Of(operation).Where(place => !place.IsChosen);
            foreach (var place in operation.Id == "UnsubscribeFromOrder" ? places.Take(1) : places) // it is gone then
            {
                var answer = await Call(calls, operation, [place], own => acme.Own(own.Kind));
                if (operation.IsRead && operation.Id != "AnswerWebhookChallenge" ? answer.Status != 200 : answer.Status is 400 or 404)
                {
                    faults.Add($"{place} answers its own business {answer.Status} {answer.Text}");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_finds_the_ids_of_another_business_or_changes_anything_of_it()
    {
        var calls = new Calls(await Furnished.Make(api, receiver, "globex"));
        var database = new WholeDatabase(api.Database);
        await database.Settle();
        var before = await database.RowsOf(acme.Business.Id, acme.Secrets);
        var faults = new List<string>();
        foreach (var (operation, places) in operations.SelectMany(Uses).OrderBy(use => use.Places.Any(place => place.IsChosen)))
        {
            faults.AddRange(await Faults(calls, operation, places)); // ids that the other business chooses come last: from then on it has such things
        }

        faults.ShouldBeEmpty();
        await database.Settle();
        var after = await database.RowsOf(acme.Business.Id, acme.Secrets);
        before.Except(after).Concat(after.Except(before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_owner_does_what_operators_do()
    {
        foreach (var operation in (await ApiDocument.Of(api)).Operations.Where(IdPlaces.IsForOperators))
        {
            var path = operation.In("path").Aggregate(operation.Path, (path, parameter) => path.Replace($"{{{parameter.Name}}}", acme.Own(parameter.Name), StringComparison.Ordinal));
            await new ApiRequest(acme.Business.Owner, operation.Method, $"~{path}").Refused(403, "missing_permission");
        }
    }

    /// <summary>Each id alone, the others being the caller's own, and those of the route together. A read without ids shows nothing foreign either.</summary>
    private static IEnumerable<(ApiOperation Operation, IdPlace[] Places)> Uses(ApiOperation operation)
    {
        var places = IdPlaces.Of(operation).ToArray();
        var route = places.Where(place => place.Member is null && operation.In("path").Any(parameter => parameter.Name == place.Name)).ToArray();
        IdPlace[][] together = route.Length > 1 ? [route] : operation.IsRead && route.Length == 0 ? [[]] : [];
        return places.Select(place => new[] { place }).Concat(together).Select(use => (operation, use));
    }

    private async Task<IEnumerable<string>> Faults(Calls calls, ApiOperation operation, IdPlace[] places)
    {
        var leadsAway = places.Any(place => place.Kind is "token" or "export_token");
        var answer = await Call(calls, operation, places, place => acme.Own(place.Kind), leadsAway);
        var shown = acme.Secrets.Where(id => answer.Text.Contains(id, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (places is [{ IsChosen: true } made])
        {
            var derived = Guid.Parse(acme.Own(made.Kind)).Version == 8; // nobody chooses what the product makes itself
            var taken = takenForAll.Contains(made.ToString()) || !chosen.Add(made.Kind);
            return answer.Status == (derived ? 400 : taken ? 409 : 201) ? [] : [$"{made}: {answer.Status} {answer.Text}"];
        }

        var expected = places is [] ? 200 : otherwise.GetValueOrDefault(places[0].ToString(), 404);
        // whoever has a token knows already that there is such an order
        var unknown = await Call(calls, operation, places, place => place.Kind is "token" or "export_token" ? acme.Own(place.Kind) : Guid.NewGuid().ToString(), leadsAway);
        return
        [
            .. answer.Status == expected ? [] : new[] { $"{Names(operation, places)}: {answer.Status} instead of {expected}; {answer.Text}" },
            .. places is [var told] && told.ToString() == Told || Said(answer) == Said(unknown) ? [] : new[] { $"{Names(operation, places)}: {answer.Text} shows that the id is somebody's; nobody's answers {unknown.Text}" },
            .. shown.Select(id => $"{operation} shows {id}: {answer.Text}"),
        ];
    }

    /// <param name="leadsAway">Into the other business's log: how far the caller's own has come says nothing there.</param>
    private static Task<ApiAnswer> Call(Calls calls, ApiOperation operation, IdPlace[] places, Func<IdPlace, string> id, bool leadsAway = false)
    {
        var parameters = places.Where(place => place.Member is null).ToDictionary(place => place.Name, id);
        var body = places is [{ Member: { } member } place] ? calls.Bodies.With(operation, member, id(place)) : null;
        var request = calls.Make(operation, parameters, body);
        return (leadsAway ? request.With("Consistency-Position", "0") : request).Send();
    }

    private static string Names(ApiOperation operation, IdPlace[] places) => $"{operation} with {string.Join(", ", places.Select(place => place.Member?.Pointer ?? place.Name))}";

    /// <summary>Without what differs by itself: the request's id, and where the caller's own log ends.</summary>
    private static string Said(ApiAnswer answer)
    {
        if (answer.Header("Content-Type") == ApiOperation.EventStream)
        {
            return string.Join('\n', answer.Text.Split('\n').Where(line => !line.StartsWith("id: ", StringComparison.Ordinal)));
        }

        if (answer.Header("Content-Type") == "application/x-ndjson")
        {
            return answer.Text;
        }

        var body = answer.Text.Length == 0 ? null : JsonNode.Parse(answer.Text)!.AsObject();
        body?.Remove("request_id");
        body?.Remove("next_position");
        return $"{answer.Status} {body?.ToJsonString()}";
    }
}
