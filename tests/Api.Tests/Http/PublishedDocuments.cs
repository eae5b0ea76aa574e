using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Application.Events;
using Mainstreet.Application.Identity;

namespace Mainstreet.Api.Tests.Http;

/// <summary>What is committed under docs/ is what the product does.</summary>
public sealed class PublishedDocuments(ApiFixture api)
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task OpenApi() => Published.ShouldBe("openapi/v1.json", JsonNode.Parse((await api.Guest.Get("~/openapi/v1.json").Returns(200)).Text)!.ToJsonString(indented));

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own()
    {
        var document = (await api.Guest.Get("~/openapi/v1.json").Returns(200)).Json;
        var names = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()).ToArray();
        names.ShouldBeUnique();
    }

    [Fact]
    public async Task PermissionMatrix()
    {
        var page = new StringBuilder("# Permissions\n\nWhich role holds which permission, and which ones API keys may hold as scopes. A role counts in the business of the token only.\n\n");
        string[] roles = [.. Permissions.ByRole.Keys.Order(StringComparer.Ordinal)];
        page.Append("| permission | ").AppendJoin(" | ", roles).Append(" | API keys |\n|---|").Insert(page.Length, ":-:|", roles.Length + 1).Append('\n');
        foreach (var permission in Permissions.All)
        {
            page.Append("| ").Append(permission).Append(" | ").AppendJoin(" | ", roles.Select(role => Permissions.Allows(role, permission) ? "x" : " ")).Append($" | {(PermissionCatalog.IsForKeys(permission) ? "x" : " ")} |\n");
        }

        page.Append("\n## Operations\n\nWhat each asks of its caller. Beside a permission, those marked want the PIN in the session a few minutes ago. API keys have none.\n\n")
            .Append("| operation | method | path | asks for | PIN |\n|---|---|---|---|:-:|\n");
        foreach (var operation in (await Sweeps.ApiDocument.Of(api)).Operations.OrderBy(operation => operation.Id, StringComparer.Ordinal))
        {
            page.Append($"| {operation.Id} | {operation.Method} | {operation.Path} | {operation.AsksFor} | {(operation.StepsUp ? operation.StepsKeysUp ? "x" : "of people" : " ")} |\n");
        }

        Published.ShouldBe("permissions.md", page.ToString());
    }

    [Fact]
    public void Events()
    {
        var page = new StringBuilder("# Events\n\nWhat webhooks, the feed and its stream carry: one body for all of them, with one id. ")
            .Append("`GET /event-types/{type}` has the JSON Schema and an example of each; the OpenAPI document lists them as webhooks.\n\n## The body\n\n");
        Members(page, EventSchemas.Envelope(), "");
        page.Append("\nA full body has `data` as well; a thin one does not. Members marked † are personal data: once the person is erased they read `[erased]` or are left out. ")
            .Append("Members are added in time, so read what you know and ignore the rest. Nothing is ever null: what is not there is left out; `?` marks what may be.\n");
        foreach (var type in EventCatalog.All)
        {
            page.Append($"\n## {type.Type}\n\n{type.Description}\n\n");
            Members(page, EventSchemas.Data(type.Data), "");
        }

        Published.ShouldBe("events.md", page.ToString());
    }

    private static void Members(StringBuilder page, JsonObject schema, string indent)
    {
        var required = schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray();
        foreach (var (name, described) in schema["properties"]!.AsObject())
        {
            var member = described!.AsObject();
            var inner = member["items"] as JsonObject ?? member;
            page.Append($"{indent}- `{name}`{(required.Contains(name) ? "" : "?")}{(member.ContainsKey("x-personal-data") ? "†" : "")} {Kind(member)}");
            page.Append(member["description"] is { } said ? $": {said}\n" : "\n");
            if (inner["properties"] is not null)
            {
                Members(page, inner, indent + "  ");
            }
        }
    }

    private static string Kind(JsonObject member) =>
        member["enum"] is JsonArray choices ? string.Join(" \\| ", choices.Select(choice => $"`{choice}`"))
        : member["items"] is JsonObject item ? $"list of {Kind(item)}"
        : (string?)member["format"] ?? (string?)member["type"] ?? "any";

    [Fact]
    public void Every_permission_is_held_by_somebody_and_looks_like_one()
    {
        Permissions.All.ShouldBeUnique();
        Permissions.All.ShouldAllBe(permission => System.Text.RegularExpressions.Regex.IsMatch(permission, "^[a-z]+:[a-z]+$"));
        Permissions.ByRole.Values.SelectMany(held => held).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(Permissions.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_role_of_a_business_reaches_the_platform()
    {
        foreach (var role in (string[])[Roles.Owner, Roles.Manager, Roles.Staff, Roles.Cashier, Roles.Dispatcher, Roles.Technician, Roles.Approver, Roles.Marketer, Roles.Accountant, Roles.Driver])
        {
            Permissions.ByRole[role].ShouldNotContain(permission => permission.StartsWith("admin:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_product_is_ready() =>
        (await api.Guest.Get("~/health/ready").Returns(200)).Json.GetProperty("checks").GetProperty("database").GetString().ShouldBe("healthy");
}
