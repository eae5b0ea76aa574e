using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Rows for the parts of a view's rows, shown by the variants of products: written in the commit, unique across products.</summary>
public class ViewPartsTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string SelectParts = "select * from rm.product_variants order by name, sku";

    private readonly ProductId mug = new(Uuid.New());
    private readonly ProductId bowl = new(Uuid.New());

    [Fact]
    public async Task Parts_come_change_and_go_with_the_commit()
    {
        var tenant = await engine.NewTenant();
        var (small, large) = (Variant("S", "M-S"), Variant("L", "M-L"));
        await Commit(tenant, log => Create(log, mug, "mug", small, large));
        (await Skus(tenant)).ShouldBe(["L M-L", "S M-S"]);

        var huge = Variant("XL", "M-L");
        var last = await Commit(tenant, log => log.Append<Product, ProductEvent>(
            mug.Value,
            new ProductVariantRemoved(mug, large.Id, EngineHost.Day),
            new ProductVariantAdded(mug, huge, EngineHost.Day),
            new ProductVariantChanged(mug, small.Id, small.Details with { Sku = null }, EngineHost.Day)));
        (await Skus(tenant)).ShouldBe(["S ", "XL M-L"]);
        (await engine.Read<ProductVariantRow>(tenant, SelectParts, last.Position)).Select(part => part.VariantId).ShouldBe([small.Id, huge.Id]);
    }

    [Fact]
    public async Task A_part_that_did_not_change_is_not_written_again()
    {
        var tenant = await engine.NewTenant();
        var (small, large) = (Variant("S", "M-S"), Variant("L", "M-L"));
        var created = await Commit(tenant, log => Create(log, mug, "mug", small, large));
        var changed = await Commit(tenant, log => log.Append<Product, ProductEvent>(
            mug.Value, new ProductPriceChanged(mug, small.Id, new Money(1, "EUR"), null, EngineHost.Day)));

        var positions = await engine.Read<PartPosition>(tenant, "select name, row_position from rm.product_variants order by name", changed.Position);
        positions.ShouldBe([new("L", created.Position), new("S", changed.Position)]);
    }

    [Fact]
    public async Task A_value_that_another_row_has_is_refused_and_nothing_is_written()
    {
        var tenant = await engine.NewTenant();
        await Commit(tenant, log => Create(log, mug, "mug", Variant("S", "ONE")));
        var refusal = await Should.ThrowAsync<DomainException>(() => Commit(tenant, log => Create(log, bowl, "bowl", Variant("S", "ONE"))));

        refusal.Error.Code.ShouldBe("sku_taken");
        (await engine.Read<ProductVariantRow>(tenant, SelectParts, 1)).ShouldHaveSingleItem().ProductId.ShouldBe(mug);
        await Commit(await engine.NewTenant(), log => Create(log, bowl, "bowl", Variant("S", "ONE")));
    }

    [Fact]
    public async Task Values_change_hands_in_one_commit()
    {
        var tenant = await engine.NewTenant();
        var (first, second) = (Variant("S", "ONE"), Variant("S", "TWO"));
        await Commit(tenant, log =>
        {
            Create(log, mug, "mug", first);
            Create(log, bowl, "bowl", second);
        });
        var swapped = await Commit(tenant, log =>
        {
            log.Append<Product, ProductEvent>(mug.Value, new ProductVariantChanged(mug, first.Id, first.Details with { Sku = "TWO" }, EngineHost.Day));
            log.Append<Product, ProductEvent>(bowl.Value, new ProductVariantChanged(bowl, second.Id, second.Details with { Sku = "ONE" }, EngineHost.Day));
        });

        (await engine.Read<ProductVariantRow>(tenant, SelectParts, swapped.Position)).Select(part => (part.Sku, part.ProductId)).ShouldBe([("ONE", bowl), ("TWO", mug)]);
    }

    [Fact]
    public async Task What_an_archived_product_had_is_free_until_it_comes_back()
    {
        var tenant = await engine.NewTenant();
        await Commit(tenant, log =>
        {
            Create(log, mug, "mug", Variant("S", "ONE"));
            log.Append<Product, ProductEvent>(mug.Value, new ProductArchived(mug, EngineHost.Day));
        });
        await Commit(tenant, log => Create(log, bowl, "bowl", Variant("S", "ONE")));

        var refusal = await Should.ThrowAsync<DomainException>(() => Commit(
            tenant, log => log.Append<Product, ProductEvent>(mug.Value, new ProductRestored(mug, EngineHost.Day))));
        refusal.Error.Code.ShouldBe("sku_taken");
    }

    /// <summary>A subscription may write what it read before a later commit: the row's position keeps it out, and the parts with it.</summary>
    [Fact]
    public async Task A_late_write_brings_no_part_back()
    {
        var tenant = await engine.NewTenant();
        var (small, large) = (Variant("S", "M-S"), Variant("L", "M-L"));
        var created = await Commit(tenant, log => Create(log, mug, "mug", small, large));
        var before = (await engine.Read<ProductView>(tenant, "select * from rm.products", created.Position)).Single();
        var removed = await Commit(tenant, log => log.Append<Product, ProductEvent>(mug.Value, new ProductVariantRemoved(mug, large.Id, EngineHost.Day)));

        var table = engine.Services.GetRequiredService<ViewCatalog>().Named("products")!;
        await using var connection = await engine.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
        foreach (var command in ViewRows.Write(table, tenant.Value, [new(table.KeyOf(before), before, created.Position)], inline: false))
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await engine.Read<ProductVariantRow>(tenant, SelectParts, removed.Position)).ShouldHaveSingleItem().VariantId.ShouldBe(small.Id);
    }

    private static Variant Variant(string name, string sku) =>
        new(new(Uuid.New()), new VariantDetails(name, [new("Size", name)], sku, null, null, Taxable: true, RequiresShipping: true), new Money(900, "EUR"));

    private static void Create(ILaneLog log, ProductId id, string handle, params Variant[] variants) => log.Append<Product, ProductEvent>(id.Value, Product.Create(
        id, new ProductDraft(new ProductDetails(handle, handle, null, null, null, [], null), variants, []), EngineHost.Day));

    private async Task<IEnumerable<string>> Skus(TenantId tenant) =>
        (await engine.Read<ProductVariantRow>(tenant, SelectParts, 0)).Select(part => $"{part.Name} {part.Sku}");

    private Task<Committed> Commit(TenantId tenant, Action<ILaneLog> decide) => engine.In(tenant, services => services.GetRequiredService<ILane>().Run(
        streams => streams.Of<Product>(mug.Value, bowl.Value),
        (log, _) =>
        {
            decide(log);
            return new Committed(1);
        },
        CancellationToken.None));

    private sealed record PartPosition(string Name, long RowPosition);
}
