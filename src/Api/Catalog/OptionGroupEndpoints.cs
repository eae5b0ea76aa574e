using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>What is chosen with products, such as toppings (CAT-11).</summary>
internal static class OptionGroupEndpoints
{
    private static readonly string[] malformed = ["name_invalid", "selections_invalid", "price_invalid", "currency_unknown"];

    private static readonly string[] refused = ["currency_mismatch", "choice_count", "selections_unreachable", "too_many_defaults"];

    public static void MapOptionGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/business/option-groups").WithTags("Option groups");
        groups.MapGet("/", List).WithName("ListOptionGroups").RequirePermission(Permissions.ProductsRead);
        groups.MapPost("/", Create).WithName("CreateOptionGroup").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, malformed).Refuses(409, "already_exists", "duplicate_choice").Refuses(422, refused);
        groups.MapGet("/{optionGroupId:guid}", Get).WithName("GetOptionGroup").LooksBack().RequirePermission(Permissions.ProductsRead);
        groups.MapPatch("/{optionGroupId:guid}", Change).WithName("ChangeOptionGroup").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, malformed).Refuses(409, "duplicate_choice", "illegal_transition").Refuses(422, refused);
        groups.MapDelete("/{optionGroupId:guid}", Archive).WithName("ArchiveOptionGroup").RequirePermission(Permissions.ProductsWrite);
        groups.MapPut("/{optionGroupId:guid}/choices/{choiceId:guid}/availability", SetAvailability).WithName("SetChoiceAvailability")
            .RequirePermission(Permissions.ProductsWrite).Refuses(409, "illegal_transition");
        api.MapPut("/business/products/{productId:guid}/option-groups", SetOfProduct).WithTags("Products").WithName("SetProductOptionGroups")
            .RequirePermission(Permissions.ProductsWrite)
            .Refuses(409, "illegal_transition", "duplicate_option_group", "duplicate_choice", "option_group_archived").Refuses(422, "too_many_option_groups");
    }

    private static async Task<PageAnswer<OptionGroupBody>> List(bool? archived, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListOptionGroups(archived ?? false, paging), cancellationToken), OptionGroupBody.Of);

    private static async Task<CreatedAnswer<CreatedOptionGroupBody>> Create(CreateOptionGroupRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(request.ToCommand(), cancellationToken);
        return Answers.Created(
            $"/business/option-groups/{receipt.OptionGroupId}",
            new CreatedOptionGroupBody(
                receipt.OptionGroupId.Value, request.Name, [.. receipt.ChoiceIds.Zip(request.Choices, (id, choice) => new CreatedChoiceBody(id.Value, choice.Name))], receipt.Version),
            receipt);
    }

    private static async Task<OkAnswer<OptionGroupBody>> Get(Guid optionGroupId, IMediator mediator, CancellationToken cancellationToken)
    {
        var group = await mediator.Send(new GetOptionGroup(new(optionGroupId)), cancellationToken);
        return Answers.Ok(OptionGroupBody.Of(group), group.Version);
    }

    private static async Task<NoContentAnswer> Change(
        Guid optionGroupId, ChangeOptionGroupRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(optionGroupId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Archive(Guid optionGroupId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ArchiveOptionGroup(new(optionGroupId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> SetAvailability(
        Guid optionGroupId, Guid choiceId, SetChoiceAvailabilityRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetChoiceAvailability(new(optionGroupId), new(choiceId), request.Available, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> SetOfProduct(
        Guid productId, SetProductOptionGroupsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new SetProductOptionGroups(new(productId), ifMatch.Version, [.. request.OptionGroupIds.Select(id => new OptionGroupId(id))]), cancellationToken));
}
