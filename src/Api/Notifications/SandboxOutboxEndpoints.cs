using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Api.Notifications;

/// <summary>
/// What a test business sent to its customers, and in Development the platform to its users (row 53). A live business has no such
/// routes: 404. Invitations to its team are for those alone who hold all that an owner does: whoever reads the code becomes what it is for.
/// </summary>
internal static class SandboxOutboxEndpoints
{
    public static void MapSandboxOutbox(this IEndpointRouteBuilder api)
    {
        Map(api.MapGroup("/sandbox/outbox/messages").WithTags("Sandbox").RequirePermission(Permissions.SandboxRead).Refuses(404, "not_found"), "");
        Map(api.MapGroup("/admin/sandbox/outbox/messages").WithTags("Operations").RequirePermission(Permissions.AdminOperations), "Platform");
    }

    private static void Map(RouteGroupBuilder messages, string whose)
    {
        messages.MapGet("/", List).WithName($"List{whose}SandboxMessages");
        messages.MapGet("/{messageId:guid}", Get).WithName($"Get{whose}SandboxMessage");
    }

    private static async Task<PageAnswer<SandboxMessageBody>> List(
        string? to, Choice<SandboxMessageKind>? kind, Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        // an unescaped + of a telephone number is a blank in a query
        var recipient = to is [' ', .. var number] ? $"+{number}" : to;
        return Answers.Page(await mediator.Send(new ListSandboxMessages(paging, recipient, kind?.Value, ReadsInvitations(caller)), cancellationToken), SandboxMessageBody.Of);
    }

    private static async Task<OkAnswer<SandboxMessageBody>> Get(Guid messageId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(SandboxMessageBody.Of(await mediator.Send(new GetSandboxMessage(messageId, ReadsInvitations(caller)), cancellationToken)));

    private static bool ReadsInvitations(Caller caller) =>
        caller.Grant.TenantId == TenantId.Platform || caller.Permissions.IsSupersetOf(Permissions.OfRole(Roles.NameOf(Role.Owner)));
}

/// <param name="To">The address or number.</param>
/// <param name="Subject">Of an e-mail.</param>
/// <param name="Html">Where it had more than plain text.</param>
/// <param name="Template">What sort of message it is, such as account.verify_email.</param>
/// <param name="CausationId">The scheduled message that sent it.</param>
/// <param name="SentAt">By the business's clock.</param>
internal sealed record SandboxMessageBody(
    Guid Id,
    SandboxMessageKind Kind,
    string To,
    string? Subject,
    string Text,
    string? Html,
    string Template,
    Guid CorrelationId,
    Guid? CausationId,
    DateTimeOffset SentAt)
{
    public static SandboxMessageBody Of(SandboxMessage message) => new(
        message.MessageId, message.Kind, message.Recipient, message.Subject, message.Text, message.Html, message.Template, message.CorrelationId,
        message.CausationId, message.SentAt);
}
