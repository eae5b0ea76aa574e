using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Changes what a product is; members that are not given stay. Errors: not_found (404) also for the category, stale_version
/// (412), handle_taken, illegal_transition (409), and those of <see cref="Product.ChangeDetails"/>.
/// </summary>
public sealed record ChangeProduct(
    ProductId Id,
    int? ExpectedVersion,
    string? Handle,
    string? Name,
    Change<string>? Description,
    Change<string>? Vendor,
    Change<CategoryId?>? CategoryId,
    string[]? Tags,
    Change<int?>? PreparationMinutes) : IRequest<Committed>;

internal sealed class ChangeProductHandler(ILane lane) : IRequestHandler<ChangeProduct, Committed>
{
    public Task<Committed> Handle(ChangeProduct command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Product>(command.Id.Value).Of<Category>(command.CategoryId?.To.Ids() ?? []),
        (log, now) =>
        {
            var product = log.Get<Product>(command.Id.Value);
            log.Expect(command.Id.Value, command.ExpectedVersion);
            log.RefuseUnknownCategory(command.CategoryId?.To);
            var details = product.Details with
            {
                Handle = command.Handle ?? product.Details.Handle,
                Name = command.Name ?? product.Details.Name,
                Description = command.Description is { } description ? DescriptionHtml.Sanitize(description.To ?? "").Html : product.Details.Description,
                Vendor = command.Vendor is { } vendor ? vendor.To : product.Details.Vendor,
                CategoryId = command.CategoryId is { } categoryId ? categoryId.To : product.Details.CategoryId,
                Tags = command.Tags ?? product.Details.Tags,
                PreparationMinutes = command.PreparationMinutes is { } preparationMinutes ? preparationMinutes.To : product.Details.PreparationMinutes,
            };
            log.Append<Product, ProductEvent>(command.Id.Value, product.ChangeDetails(details, now));
            return new Committed(log.Version(command.Id.Value));
        },
        cancellationToken);
}
