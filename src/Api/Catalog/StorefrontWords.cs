using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Domain.Catalog;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Catalog;

/// <summary>The texts of a catalogue in the language that a request asks for: a translation of the thing, or the business's own words.</summary>
internal sealed class StorefrontWords(StringWithQualityHeaderValue[] asked, string own)
{
    public static StorefrontWords Of(HttpContext http)
    {
        AcceptedLanguages.Varies(http.Response);
        return new(AcceptedLanguages.Ranges(http.Request), http.Features.GetRequiredFeature<StorefrontLocale>().Locale);
    }

    /// <param name="name">The business's own.</param>
    /// <param name="description">The business's own, which stands where the translation has none.</param>
    /// <param name="translations">Of the thing.</param>
    public Translation Of(string name, string? description, Translation[] translations)
    {
        var words = new Translation(own, name, description);
        return translations is not [] && asked is not [] && AcceptedLanguages.Choose(asked, [own, .. translations.Select(translation => translation.Locale)]) is { } wanted && wanted != own
            ? translations.First(translation => translation.Locale == wanted) is var found && found.Description is null ? found with { Description = description } : found
            : words;
    }
}
