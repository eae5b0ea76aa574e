using System.Text;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>
/// Whatever can be wrong with a request, tried on every operation: it is refused with a problem that names the place, and
/// nothing is recorded. A product of its own, because the events of all tenants are counted.
/// </summary>
public sealed class BadInputSweep(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private WebhookReceiver receiver = null!;
    private Furnished acme = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await WebhookReceiver.Start();
        acme = await Furnished.Make(api, receiver, "acme");
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task Bad_bodies_are_refused() => await Refused(calls => new BadBodies(calls).Of);

    [Fact]
    public async Task Bad_parameters_and_headers_are_refused() => await Refused(calls => new BadParameters(calls).Of);

    [Fact]
    public async Task A_mangled_file_is_read_or_refused()
    {
        const string good = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\nspade,\"Spade, large\",Size,M,SP-1,12.00,4,active\n";
        var random = new Random(20261121);
        for (var i = 0; i < 200; i++)
        {
            var file = Encoding.UTF8.GetBytes(good);
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                file[random.Next(file.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\",;\n\t-1eE.0\\'="[random.Next(14)];
            }

            var answer = await acme.Business.Owner.Post("/business/products:import", BadBodies.Bytes(file, "text/csv")).Send();
            (answer.Status, answer.Header("Content-Type")).ShouldBeOneOf((200, "application/json; charset=utf-8"), (400, "application/problem+json"));
        }
    }

    private async Task Refused(Func<Calls, Func<ApiOperation, IEnumerable<BadRequest>>> kind)
    {
        var database = new WholeDatabase(api.Database);
        await database.Settle();
        var events = await database.Events();
        var faults = new List<string>();
        foreach (var request in (await ApiDocument.Of(api)).Operations.SelectMany(kind(new Calls(acme))))
        {
            var answer = await request.Request.Send();
            if (Fault(request, answer) is { } fault)
            {
                faults.Add($"{request.What}: {fault}");
            }
        }

        faults.ShouldBeEmpty();
        (await database.Events()).ShouldBe(events);
    }

    /// <summary>What is wrong with how the request was refused.</summary>
    private static string? Fault(BadRequest request, ApiAnswer answer) => answer switch
    {
        _ when (request.Status == 0 ? answer.Status is < 400 or > 499 : answer.Status != request.Status) => $"{answer.Status} {answer.Text}",
        _ when answer.Header("Content-Type") != "application/problem+json" => $"not a problem but {answer.Header("Content-Type")}",
        _ when request.Place is { } place && !Places(answer).Contains(place) => $"does not name {place}: {answer.Text}",
        _ => null,
    };

    private static string[] Places(ApiAnswer answer) =>
        answer.Json.TryGetProperty("errors", out _) ? [.. answer.Faults.Select(fault => fault[..fault.LastIndexOf(' ')])] : [];
}
