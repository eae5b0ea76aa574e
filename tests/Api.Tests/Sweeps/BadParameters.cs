namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>What can be wrong with the path, the query and the headers of a request.</summary>
internal sealed class BadParameters(Calls calls)
{
    private static readonly string[] badTags = ["v1", "\"x\"", "W/\"v1\"", "\"v99999999999\"", "\"v-1\"", "\"v1\", \"v2\"", "\"v1"];

    private static readonly byte[] large = new byte[10_000_000];

    public IEnumerable<BadRequest> Of(ApiOperation operation)
    {
        foreach (var parameter in operation.In("query"))
        {
            foreach (var value in Values(parameter).Append("\0"))
            {
                yield return new($"{operation}: {parameter.Name}={value}", With(operation, parameter.Name, value), 400, parameter.Name);
            }
        }

        foreach (var parameter in operation.In("path"))
        {
            yield return new($"{operation}: {parameter.Name} that is none", With(operation, parameter.Name, "no such thing/é"), parameter.Name is "channel" or "locale" ? 400 : 404); // there are four channels, which the document names; a locale is one by its form
        }

        yield return new($"{operation}: an unknown parameter", With(operation, "no_such_parameter", "1"), 400, "no_such_parameter");
        foreach (var request in operation.IsRead ? OfRead(operation) : OfWrite(operation))
        {
            yield return request;
        }

        if (operation.NeedsToken)
        {
            foreach (var token in (string[])["", "Bearer", "Bearer x.y.z", "Basic YTpi"])
            {
                yield return new($"{operation}: Authorization {token}", calls.Make(operation).With("Authorization", token), 401);
            }
        }
    }

    private IEnumerable<BadRequest> OfRead(ApiOperation operation) => ((string[])["x", "-1", "1.5", "99999999999999999999"])
        .Select(position => new BadRequest($"{operation}: Consistency-Position {position}", calls.Make(operation).With("Consistency-Position", position), 400, "min_position"));

    private IEnumerable<BadRequest> OfWrite(ApiOperation operation)
    {
        foreach (var key in (string[])["a b", new('x', 256), "a\tb"])
        {
            yield return new($"{operation}: Idempotency-Key {key}", calls.Make(operation).Key(key), 400, "Idempotency-Key");
        }

        foreach (var tag in operation.In("header").Any(header => header.Name == "If-Match") ? badTags : [])
        {
            yield return new($"{operation}: If-Match {tag}", calls.Make(operation).IfMatch(tag), 400, "If-Match");
        }

        if (operation.In("header").Any(header => header is { Name: "Idempotency-Key", Required: true }))
        {
            yield return new($"{operation}: no Idempotency-Key", calls.Make(operation).Key(""), 400, "Idempotency-Key");
        }

        if (operation.Id is "ImportLog" or "UploadImportFile" or "UploadProductImage" or "UploadCategoryImage") // take as much
        {
            yield break;
        }

        yield return new($"{operation}: 10 MB", calls.Make(operation, body: BadBodies.Bytes(large, operation.TakesFile ? "text/csv" : "application/json")), 413);
    }

    private static IEnumerable<string> Values(ApiParameter parameter) => ((string?)parameter.Schema["type"], (string?)parameter.Schema["format"], parameter.Name) switch
    {
        (_, _, "cursor") => ["x", "AAAA", "eyJhIjoxfQ", "../../etc"],
        (_, _, "limit") => ["0", "101", "-1", "x", "1.5", "99999999999"],
        (_, _, "wait_ms") => ["-1", "5001", "x"],
        ("integer" or "number", _, _) => ["x", "-1", "1e999", "99999999999999999999", "1,2"],
        ("boolean", _, _) => ["maybe", "2"],
        (_, "uuid", _) => ["x", "0"],
        (_, "date", _) => ["x", "2026-02-30", "20260301", "2026-03-01T00:00:00Z"],
        (_, "date-time", _) => ["x", "2026-02-30T00:00:00Z"],
        (_, _, "q") => [new('x', 5000)],
        _ when parameter.Schema["enum"] is not null => ["no_such_choice", "1", "-"],
        _ => [],
    };

    private ApiRequest With(ApiOperation operation, string name, string value) => calls.Make(operation, new Dictionary<string, string> { [name] = value });
}
