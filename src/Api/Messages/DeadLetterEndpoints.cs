using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Messages;

/// <summary>Messages that were given up (INT-02): for operators, and for each business its own.</summary>
internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin/dead-letters").WithTags("Operations");
        admin.MapGet("/", ListAll).WithName("ListDeadLetters").RequirePermission(Permissions.AdminOperations);
        MapSteps(admin, "", Permissions.AdminOperations, _ => new(null));

        var business = api.MapGroup("/business/dead-letters").WithTags("Messages");
        business.MapGet("/", ListOwn).WithName("ListBusinessDeadLetters").RequirePermission(Permissions.MessagesRead);
        MapSteps(business, "Business", Permissions.MessagesManage, tenant => new(tenant.Tenant));
    }

    private static void MapSteps(RouteGroupBuilder group, string whose, string permission, Func<ITenantContext, MessageScope> scope)
    {
        group.MapPost("/{letterId:guid}/redrive", (Guid letterId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Ask(new RedriveDeadLetter(letterId, scope(tenant)), mediator, cancellationToken))
            .WithName($"Redrive{whose}DeadLetter").RequirePermission(permission).Refuses(409, "illegal_transition");
        group.MapPost("/{letterId:guid}/discard", (Guid letterId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Ask(new DiscardDeadLetter(letterId, scope(tenant)), mediator, cancellationToken))
            .WithName($"Discard{whose}DeadLetter").RequirePermission(permission).Refuses(409, "illegal_transition");
    }

    private static async Task<PageAnswer<DeadLetterBody>> ListAll(
        Guid? tenantId, Choice<DeadLetterStatus>? status, string? queue, string? type, Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var scope = new MessageScope(tenantId is { } tenant ? new TenantId(tenant) : null);
        var page = await mediator.Send(new ListDeadLetters(paging, scope, status?.Value ?? DeadLetterStatus.Dead, queue, type), cancellationToken);
        return Answers.Page(page, letter => DeadLetterBody.Of(letter, forOperators: true));
    }

    private static async Task<PageAnswer<DeadLetterBody>> ListOwn(
        Choice<DeadLetterStatus>? status, string? queue, string? type, Paging paging, ITenantContext tenant, IMediator mediator, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListDeadLetters(paging, new(tenant.Tenant), status?.Value ?? DeadLetterStatus.Dead, queue, type), cancellationToken);
        return Answers.Page(page, letter => DeadLetterBody.Of(letter, forOperators: false));
    }

    private static async Task<NoContentAnswer> Ask(IRequest<Committed> command, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(command, cancellationToken));
}
