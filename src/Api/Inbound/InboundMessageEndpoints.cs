using System.Text;
using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Api.Inbound;

/// <summary>What providers have told a business, and what became of it (INT-02); and for operators what nobody has connected.</summary>
internal static class InboundMessageEndpoints
{
    public static void MapInboundMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/inbound-messages").WithTags("Inbound");
        messages.MapGet("/", List).WithName("ListInboundMessages").RequirePermission(Permissions.MessagesRead);
        messages.MapGet("/{inboundMessageId:guid}", Get).WithName("GetInboundMessage").RequirePermission(Permissions.MessagesRead);
        messages.MapPost("/{inboundMessageId:guid}/redrive", Redrive).WithName("RedriveInboundMessage").RequirePermission(Permissions.MessagesManage)
            .Refuses(409, "illegal_transition");
        messages.MapPost("/{inboundMessageId:guid}/discard", Discard).WithName("DiscardInboundMessage").RequirePermission(Permissions.MessagesManage)
            .Refuses(409, "illegal_transition");

        var parked = api.MapGroup("/admin/inbound-messages").WithTags("Operations");
        parked.MapGet("/", ListParked).WithName("ListParkedInbound").RequirePermission(Permissions.AdminOperations).OnPlatform();
        parked.MapPost("/{parkedId:guid}/discard", DiscardParked).WithName("DiscardParkedInbound").RequirePermission(Permissions.AdminOperations).OnPlatform()
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<PageAnswer<InboundMessageBody>> List(
        string? provider, Choice<InboundStatus>? status, string? type, Guid? connectionId, DateTimeOffset? from, DateTimeOffset? to, Paging paging, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var connection = connectionId is { } id ? new ConnectionId(id) : (ConnectionId?)null;
        return Answers.Page(await mediator.Send(new ListInboundMessages(paging, provider, status?.Value, type, connection, from, to), cancellationToken), InboundMessageBody.Of);
    }

    private static async Task<OkAnswer<InboundMessageDetailsBody>> Get(Guid inboundMessageId, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetInboundMessage(new(inboundMessageId)), cancellationToken);
        return Answers.Ok(new InboundMessageDetailsBody(InboundMessageBody.Of(found.Message), found.Body is { } body ? Encoding.UTF8.GetString(body) : null), found.Message.Version);
    }

    private static async Task<NoContentAnswer> Redrive(Guid inboundMessageId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RedriveInboundMessage(new(inboundMessageId)), cancellationToken));

    private static async Task<NoContentAnswer> Discard(Guid inboundMessageId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DiscardInboundMessage(new(inboundMessageId)), cancellationToken));

    private static async Task<PageAnswer<ParkedInboundBody>> ListParked(string? provider, string? account, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListParkedInbound(paging, provider, account), cancellationToken), ParkedInboundBody.Of);

    private static async Task<IResult> DiscardParked(Guid parkedId, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DiscardParkedInbound(parkedId), cancellationToken);
        return Results.NoContent();
    }
}

/// <param name="EventId">By which the provider tells its notifications apart.</param>
/// <param name="Attempts">That failed, since it came in or was redriven.</param>
/// <param name="LastError">Of the last one.</param>
internal sealed record InboundMessageBody(
    Guid Id, Guid ConnectionId, string Provider, string Type, string EventId, InboundStatus Status, int Attempts, string? LastError, DateTimeOffset? OccurredAt,
    DateTimeOffset ReceivedAt, DateTimeOffset? RetryAt, DateTimeOffset? SettledAt)
{
    public static InboundMessageBody Of(InboundMessageView view) => new(
        view.InboundMessageId.Value, view.ConnectionId.Value, view.Provider, view.Type, view.ProviderEventId, view.Status, view.Attempts, view.Error, view.OccurredAt,
        view.ReceivedAt, view.RetryAt, view.SettledAt);
}

/// <param name="Payload">As the provider sent it; left out when it is not kept any more.</param>
internal sealed record InboundMessageDetailsBody(InboundMessageBody Message, string? Payload);

/// <summary>What it says is shown to nobody, for nobody has proved that it is theirs.</summary>
internal sealed record ParkedInboundBody(Guid Id, string Provider, string Account, string EventId, string Type, int Bytes, DateTimeOffset ReceivedAt)
{
    public static ParkedInboundBody Of(ParkedMessage parked) => new(parked.ParkedId, parked.Provider, parked.Account, parked.EventId, parked.Type, parked.Bytes, parked.ReceivedAt);
}
