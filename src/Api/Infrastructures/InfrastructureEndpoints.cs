using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Infrastructures;
using Mainstreet.Domain;
using Mainstreet.Domain.Infrastructures;
using MediatR;

namespace Mainstreet.Api.Infrastructures;

/// <summary>The tier above businesses: who operates which of them (TEN-07).</summary>
internal static class InfrastructureEndpoints
{
    public static void MapInfrastructures(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/admin/infrastructures").WithTags("Platform").RequirePermission(Permissions.AdminInfrastructures).OnPlatform();
        all.MapGet("/", List).WithName("ListInfrastructures");
        all.MapPost("/", Create).WithName("CreateInfrastructure").Refuses(400, "name_invalid", "slug_invalid", "email_invalid").Refuses(409, "slug_taken");

        var one = all.MapGroup("/{infrastructureId:guid}");
        one.MapGet("/", Get).WithName("GetInfrastructure");
        one.MapPatch("/", Change).WithName("ChangeInfrastructure").Refuses(400, "name_invalid", "slug_invalid", "email_invalid").Refuses(409, "slug_taken");
        one.MapDelete("/", Remove).WithName("RemoveInfrastructure").Refuses(409, "infrastructure_in_use");
        one.MapGet("/operators", ListOperators).WithName("ListOperators");
        one.MapPost("/operators", AddOperator).WithName("AddOperator").RequireStepUp().Refuses(409, "membership_exists", "email_not_verified");
        one.MapDelete("/operators/{userId:guid}", RemoveOperator).WithName("RemoveOperator");
    }

    private static async Task<PageAnswer<InfrastructureBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListInfrastructures(paging), cancellationToken), InfrastructureBody.Of);

    private static async Task<CreatedAnswer<InfrastructureBody>> Create(InfrastructureRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var settings = request.Settings ?? new();
        var receipt = await mediator.Send(new CreateInfrastructure(request.Name, request.Slug, settings), cancellationToken);
        return Answers.Created(
            $"/admin/infrastructures/{receipt.Id}", new InfrastructureBody(receipt.Id.Value, request.Name, request.Slug, settings, receipt.At), receipt);
    }

    private static async Task<OkAnswer<InfrastructureBody>> Get(Guid infrastructureId, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetInfrastructure(new TenantId(infrastructureId)), cancellationToken);
        return Answers.Ok(InfrastructureBody.Of(found), found.Version);
    }

    private static async Task<NoContentAnswer> Change(
        Guid infrastructureId, ChangeInfrastructureRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new ChangeInfrastructure(new TenantId(infrastructureId), request.Name, request.Slug, request.Settings, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Remove(Guid infrastructureId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveInfrastructure(new TenantId(infrastructureId)), cancellationToken));

    private static async Task<PageAnswer<OperatorBody>> ListOperators(Guid infrastructureId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListOperators(new TenantId(infrastructureId), paging), cancellationToken), OperatorBody.Of);

    private static async Task<NoContentAnswer> AddOperator(Guid infrastructureId, AddOperatorRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new AddOperator(new TenantId(infrastructureId), request.Email), cancellationToken));

    private static async Task<NoContentAnswer> RemoveOperator(Guid infrastructureId, Guid userId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveOperator(new TenantId(infrastructureId), new(userId)), cancellationToken));
}

/// <param name="Slug">Lower-case letters and digits, with single hyphens inside.</param>
internal sealed record InfrastructureRequest(string Name, string Slug, InfrastructureSettings? Settings = null);

/// <summary>What is left out stays as it is.</summary>
internal sealed record ChangeInfrastructureRequest(string? Name = null, string? Slug = null, InfrastructureSettings? Settings = null);

/// <param name="Email">Of a user, who operates the infrastructure's businesses from then on.</param>
internal sealed record AddOperatorRequest(string Email);

internal sealed record OperatorBody(Guid UserId, string Email, DateTimeOffset Since)
{
    public static OperatorBody Of(OperatorEntry entry) => new(entry.UserId.Value, entry.Email, entry.Since);
}

/// <param name="CreatedAt">Absent for the one that is always there, until it is changed.</param>
internal sealed record InfrastructureBody(Guid Id, string Name, string Slug, InfrastructureSettings Settings, DateTimeOffset? CreatedAt)
{
    public static InfrastructureBody Of(InfrastructureView view) => new(view.Id.Value, view.Name, view.Slug, view.Settings, view.CreatedAt);
}
