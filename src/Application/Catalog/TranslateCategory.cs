using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// What a category is called in another language, for customers who ask for it. Errors: not_found (404), stale_version (412), locale_invalid, name_invalid (400),
/// too_many_translations (422).
/// </summary>
public sealed record TranslateCategory(CategoryId Id, int? ExpectedVersion, string Locale, string Name) : IRequest<Committed>;

/// <summary>Nothing happens where there is none. Errors: not_found (404), stale_version (412), locale_invalid (400).</summary>
public sealed record RemoveCategoryTranslation(CategoryId Id, int? ExpectedVersion, string Locale) : IRequest<Committed>;

internal sealed class TranslateCategoryHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<TranslateCategory, Committed>
{
    public Task<Committed> Handle(TranslateCategory command, CancellationToken cancellationToken) => aggregates.Update<Category, CategoryEvent>(
        command.Id.Value, command.ExpectedVersion, category => category.Translate(command.Locale, command.Name, clock.GetUtcNow()), cancellationToken);
}

internal sealed class RemoveCategoryTranslationHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveCategoryTranslation, Committed>
{
    public Task<Committed> Handle(RemoveCategoryTranslation command, CancellationToken cancellationToken) => aggregates.Update<Category, CategoryEvent>(
        command.Id.Value, command.ExpectedVersion, category => category.RemoveTranslation(command.Locale, clock.GetUtcNow()), cancellationToken);
}
