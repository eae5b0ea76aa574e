using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// A step of <see cref="ImportProducts"/>: some products with their categories and stock in one commit. A refused product or
/// variant is told and left out; only what the database alone can see, such as a SKU taken meanwhile, refuses the step.
/// </summary>
internal sealed record ImportProductChunk(IReadOnlyList<ImportedProduct> Products) : IRequest<ProductChunkReceipt>;

internal sealed record ProductChunkReceipt(ProductOutcome[] Products) : Committed(0);

internal sealed class ImportProductChunkHandler(ILane lane, IReadStore reads) : IRequestHandler<ImportProductChunk, ProductChunkReceipt>
{
    public async Task<ProductChunkReceipt> Handle(ImportProductChunk command, CancellationToken cancellationToken)
    {
        var catalogue = await KnownCatalogue.Read(reads, command.Products, cancellationToken);
        return await lane.Run(
            streams => streams
                .Of<Product>(catalogue.Products.Select(product => product.Id.Value))
                .Of<Category>(catalogue.Categories.Values.Select(id => id.Value))
                .Of<Category>(command.Products.Select(product => product.CategoryId).OfType<CategoryId>().Select(id => id.Value))
                .Of<OptionGroup>(command.Products.SelectMany(product => product.OptionGroups ?? []).Select(group => group.Value))
                .Of<StockItem>(catalogue.Variants.Select(id => id.Value)),
            (log, now) => new ProductChunkReceipt(
                [.. catalogue.Products.Select(product => new ProductImportDecision(log, catalogue, product, now).Apply())]),
            cancellationToken);
    }
}
