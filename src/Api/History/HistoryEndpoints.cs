using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.History;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.History;

internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder api) =>
        api.MapGet("/history/{kind}/{id:guid}", Get).WithName("GetHistory").WithTags("History").RequirePermission(Permissions.HistoryRead);

    private static async Task<PageAnswer<HistoryEntryBody>> Get(
        string kind, Guid id, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new GetHistory(kind, id, paging), cancellationToken), HistoryEntryBody.Of);
}

/// <summary>Something that happened.</summary>
/// <param name="Version">Counts what happened to this thing.</param>
/// <param name="Position">Counts what happened in the business.</param>
/// <param name="Command">What was done that had this effect.</param>
/// <param name="Changes">What it changed of the thing, field by field; arrays as a whole.</param>
internal sealed record HistoryEntryBody(
    Guid Id, int Version, long Position, string Type, int SchemaVersion, ActorBody Actor, string Command, DateTimeOffset At, JsonElement Data,
    FieldChangeBody[] Changes)
{
    public static HistoryEntryBody Of(HistoryEntry entry) => new(
        entry.EventId, entry.Version, entry.Position, entry.Type, entry.SchemaVersion, new(entry.Actor.Type, entry.Actor.Id, entry.Actor.Role), entry.Command,
        entry.At, entry.Data, [.. entry.Changes.Select(change => new FieldChangeBody(change.Field, change.Before, change.After))]);
}

/// <param name="Field">A JSON pointer into the thing as it is shown, such as /settings/branding/company_name.</param>
/// <param name="Before">Left out where it had no value.</param>
/// <param name="After">Left out where it has none any more.</param>
internal sealed record FieldChangeBody(string Field, JsonNode? Before, JsonNode? After);

/// <param name="Type">user, driver, guest or system</param>
internal sealed record ActorBody(string Type, Guid? Id, string? Role);
