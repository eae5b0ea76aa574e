using Mainstreet.Api.History;
using Mainstreet.Api.Http;
using Mainstreet.Application.Audit;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Audit;

/// <summary>Who did what, when and from where, and who was refused (IAM-11): in a business for its owner, on the platform for operators.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/business/audit", List).WithTags("Audit").WithName("ListAudit").RequirePermission(Permissions.AuditRead);
        api.MapGet("/admin/audit", List).WithTags("Operations").WithName("ListPlatformAudit").RequirePermission(Permissions.AdminAudit);
    }

    /// <param name="subject">The id of what it concerned, such as an order's.</param>
    /// <param name="actor">The id of who did or tried it.</param>
    /// <param name="from">Not before.</param>
    /// <param name="to">Before this.</param>
    /// <param name="outcome">Left out: whatever came of it.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<PageAnswer<AuditEntryBody>> List(
        Guid? subject, Guid? actor, DateTimeOffset? from, DateTimeOffset? to, Choice<AuditOutcome>? outcome, Paging paging, IMediator mediator,
        CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListAudit(paging, new(subject, actor, from, to), outcome?.Value), cancellationToken), AuditEntryBody.Of);
}

/// <summary>Something that was done, or that somebody tried and was refused.</summary>
/// <param name="At">By the business's clock where it was done; a refused attempt by the wall clock, the first of the hour.</param>
/// <param name="Action">Such as PlaceOrder.</param>
/// <param name="Network">From where: the caller's address, cut off to its network.</param>
/// <param name="SubjectId">What it concerned.</param>
/// <param name="Change">What happened. The history of the thing tells what it was before and after.</param>
/// <param name="Refusal">Why nothing happened.</param>
internal sealed record AuditEntryBody(
    Guid Id, AuditOutcome Outcome, DateTimeOffset At, string Action, ActorBody Actor, string? Network, Guid? SubjectId, string? RequestId, AuditChangeBody? Change,
    AuditRefusalBody? Refusal)
{
    public static AuditEntryBody Of(AuditEntry entry) => new(
        entry.Id, entry.Change is null ? AuditOutcome.Refused : AuditOutcome.Done, entry.At, entry.Action, new(entry.Actor.Type, entry.Actor.Id, entry.Actor.Role), entry.Network,
        entry.SubjectId, entry.RequestId,
        entry.Change is { } change ? new(change.Type, change.Version, change.Position, change.CorrelationId, HistoryOf(change, entry.SubjectId)) : null,
        entry.Refusal is { } refusal ? new(refusal.Status, refusal.Code, refusal.Count, refusal.LastAt, refusal.Business) : null);

    private static string? HistoryOf(AuditChange change, Guid? id) =>
        Application.History.GetHistory.KindOf(change.Subject) is { } kind ? $"{ApiRoot.Base}/history/{kind}/{id}" : null;
}

/// <param name="Type">The event, such as order.placed.</param>
/// <param name="Version">Of the thing since.</param>
/// <param name="Position">In the log.</param>
/// <param name="CorrelationId">The same for everything that one request had as its effect.</param>
/// <param name="History">Where everything is that happened to the thing, with what each step changed.</param>
internal sealed record AuditChangeBody(string Type, int Version, long Position, Guid CorrelationId, string? History);

/// <param name="Status">That was answered.</param>
/// <param name="Code">Of the problem; security.cross_tenant_attempt where something of another business was tried.</param>
/// <param name="Count">How often the same was tried within an hour.</param>
/// <param name="LastAt">The last of them.</param>
/// <param name="BusinessId">For operators: the business of who tried something of another one.</param>
internal sealed record AuditRefusalBody(int Status, string Code, long Count, DateTimeOffset LastAt, Guid? BusinessId);
