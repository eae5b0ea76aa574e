using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mainstreet.Api.Http;

/// <summary>Paths in a stable order and in snake_case, whatever order features are mapped in.</summary>
internal sealed partial class DocumentDescription : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in swaggerDoc.Paths.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            paths[RouteValue().Replace(path, match => Pointers.SnakeCase(match.Value))] = item;
        }

        swaggerDoc.Paths = paths;
    }

    [GeneratedRegex(@"(?<=\{)\w+(?=\})", RegexOptions.None, 1000)]
    private static partial Regex RouteValue();
}
