using System.Text;
using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Tests.Catalog;

/// <summary>Product files of the repository and of a test's own making, priced in euros unless said otherwise.</summary>
internal static class CatalogFiles
{
    public static CatalogImport ReadFixture(string name) => ReadFile("tests", "fixtures", "catalog", name);

    public static CatalogImport ReadSample(string name) => ReadFile("samples", "catalog", name);

    public static CatalogImport ReadText(string csv, string currency = "EUR") => ProductCsv.Read(Encoding.UTF8.GetBytes(csv), currency);

    /// <summary>One product with one variant, and these further columns.</summary>
    public static CatalogImport ReadRow(string columns, string cells, string price = "5", string currency = "EUR") =>
        ReadText($"Handle,Title,Variant Price,{columns}\nteapot,Teapot,{price},{cells}\n", currency);

    public static ProductDraft DraftOf(ImportedProduct product) => ImportedDraft.Of(product, product.Id, category: null);

    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine([folder.FullName, .. parts]);
    }

    private static CatalogImport ReadFile(params string[] parts) => ProductCsv.Read(File.ReadAllBytes(PathOf(parts)), "EUR");
}
