using System.Net;
using System.Text.Json;
using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>Every operation, called in every role and in none: whom it lets in is what docs/permissions.md says.</summary>
public sealed class PermissionSweep(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_operation_lets_in_whom_the_published_matrix_says()
    {
        var matrix = Matrix.Read();
        var document = await ApiDocument.Of(api);
        document.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal).ShouldBe(matrix.Operations.Keys.Order(StringComparer.Ordinal));
        var business = await api.NewBusiness();
        await business.Owner.Post("/business/storefront/publish").Send();
        var (full, empty) = (await api.NewKey(business, [.. matrix.OfKeys]), await api.NewKey(business));
        var faults = new List<string>();
        foreach (var operation in document.Operations)
        {
            var asked = matrix.Operations[operation.Id];
            foreach (var role in matrix.Roles.Keys.Append(Roles.None).Append(Roles.Customer).Append("emperor"))
            {
                faults.AddRange(await Faults(operation, role, SessionOf(role, business), business, RefusalOfRole(asked, role, matrix)));
            }

            foreach (var (key, scopes) in ((TestKey, HashSet<string>)[])[(full, matrix.OfKeys), (empty, [])])
            {
                faults.AddRange(await Faults(operation, $"a key with {scopes.Count} scopes", key.Program, business, RefusalOfKeys(asked, matrix.WantsPin(operation), scopes)));
            }

            faults.AddRange(await Faults(operation, "guest", api.Guest, business, asked == ApiOperation.Nothing ? null : (HttpStatusCode.Unauthorized, "unauthenticated")));
        }

        faults.ShouldBeEmpty();
    }

    private static (HttpStatusCode, string)? RefusalOfRole(string asked, string role, Matrix matrix) => asked switch
    {
        ApiOperation.Nothing => null,
        ApiOperation.SignIn or ApiOperation.Customer => asked == ApiOperation.Customer == (role == Roles.Customer) ? null : (HttpStatusCode.Forbidden, "wrong_audience"),
        _ => matrix.Roles.TryGetValue(role, out var held) && held.Contains(asked) ? null : (HttpStatusCode.Forbidden, "missing_permission"),
    };

    private static (HttpStatusCode, string)? RefusalOfKeys(string asked, bool wantsPin, HashSet<string> scopes) => asked switch
    {
        ApiOperation.Nothing => null,
        ApiOperation.SignIn or ApiOperation.Customer => (HttpStatusCode.Forbidden, "api_key_not_allowed"),
        _ when !scopes.Contains(asked) => (HttpStatusCode.Forbidden, "missing_permission"),
        _ => wantsPin ? (HttpStatusCode.Forbidden, "api_key_not_allowed") : null,
    };

    /// <summary>Somebody who is nobody's member: the token says the role, and no thing that the paths name is there.</summary>
    private Session SessionOf(string role, TestBusiness business) => api.As(new UserId(Guid.NewGuid()), role switch
    {
        Roles.Driver => TenantId.Pool,
        Roles.PlatformAdmin or Roles.PlatformSupport or Roles.PlatformFinance or Roles.None => TenantId.Platform,
        _ => new(business.Id),
    }, role);

    private static async Task<IEnumerable<string>> Faults(
        ApiOperation operation, string role, Session session, TestBusiness business, (HttpStatusCode Status, string Code)? refusal)
    {
        var path = operation.In("path").Aggregate(operation.Path, (path, parameter) => path.Replace(
            $"{{{parameter.Name}}}", parameter.Name == "subdomain" ? business.Subdomain : Guid.NewGuid().ToString(), StringComparison.Ordinal));
        using var answer = await new ApiRequest(session, operation.Method, $"~{path}").Open(); // some answers have no end
        var code = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("code").GetString()
            : null;
        var asExpected = refusal is var (status, reason) ? answer.StatusCode == status && code == reason : code is not ("missing_permission" or "wrong_audience" or "unauthenticated" or "invalid_token" or "invalid_api_key" or "api_key_not_allowed");
        return asExpected ? [] : [$"{operation} answers {role} {(int)answer.StatusCode} {code}; published: {refusal?.Code ?? "let in"}"];
    }

    private sealed record Matrix(Dictionary<string, HashSet<string>> Roles, HashSet<string> OfKeys, Dictionary<string, string> Operations, HashSet<string> WithPin)
    {
        public bool WantsPin(ApiOperation operation) => WithPin.Contains(operation.Id);

        public static Matrix Read()
        {
            string[][] lines = [.. File.ReadLines(Repository.PathOf("docs", "permissions.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
            var operations = Array.FindIndex(lines, line => line[0] == "operation");
            var roles = lines[0].Select((role, column) => (role, column)).Skip(1);
            var held = roles.ToDictionary(role => role.role, role => lines[1..operations].Where(line => line[role.column] == "x").Select(line => line[0]).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
            held.Remove("API keys", out var ofKeys);
            return new(
                held, ofKeys!, lines[(operations + 1)..].ToDictionary(line => line[0], line => line[3], StringComparer.Ordinal),
                lines[(operations + 1)..].Where(line => line[4] == "x").Select(line => line[0]).ToHashSet(StringComparer.Ordinal));
        }
    }
}
