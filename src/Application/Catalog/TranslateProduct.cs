using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// What a product is called in another language, for customers who ask for it. Errors: not_found (404), stale_version (412), illegal_transition (409), locale_invalid,
/// name_invalid, description_too_long (400), too_many_translations (422).
/// </summary>
/// <param name="Description">HTML; null: customers read the business's own.</param>
public sealed record TranslateProduct(ProductId Id, int? ExpectedVersion, string Locale, string Name, string? Description) : IRequest<Committed>;

/// <summary>Nothing happens where there is none. Errors: not_found (404), stale_version (412), illegal_transition (409), locale_invalid (400).</summary>
public sealed record RemoveProductTranslation(ProductId Id, int? ExpectedVersion, string Locale) : IRequest<Committed>;

internal sealed class TranslateProductHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<TranslateProduct, Committed>
{
    public Task<Committed> Handle(TranslateProduct command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion,
        product => product.Translate(new(command.Locale, command.Name, DescriptionHtml.Sanitize(command.Description ?? "").Html), clock.GetUtcNow()), cancellationToken);
}

internal sealed class RemoveProductTranslationHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveProductTranslation, Committed>
{
    public Task<Committed> Handle(RemoveProductTranslation command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion, product => product.RemoveTranslation(command.Locale, clock.GetUtcNow()), cancellationToken);
}
