using System.Text.Json;
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
internal sealed record HistoryEntryBody(
    Guid Id, int Version, long Position, string Type, int SchemaVersion, ActorBody Actor, string Command, DateTimeOffset At, JsonElement Data)
{
    public static HistoryEntryBody Of(HistoryEntry entry) => new(
        entry.EventId, entry.Version, entry.Position, entry.Type, entry.SchemaVersion, new(entry.Actor.Type, entry.Actor.Id, entry.Actor.Role), entry.Command,
        entry.At, entry.Data);
}

/// <param name="Type">user, driver, guest or system</param>
internal sealed record ActorBody(string Type, Guid? Id, string? Role);
