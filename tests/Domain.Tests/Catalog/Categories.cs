using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

public class Categories
{
    private static readonly CategoryId Clothes = new(Uuid.Named("clothes"));
    private static readonly CategoryId Shirts = new(Uuid.Named("shirts"));
    private static readonly CategoryId Linen = new(Uuid.Named("linen"));
    private static readonly CategoryId Unknown = new(Uuid.Named("unknown"));

    [Fact]
    public void Start_active() => New(Shirts, Clothes, "Shirts", "shirts")
        .Then(new CategoryCreated(Shirts, Clothes, "Shirts", "shirts", 1, Monday)).Active.ShouldBeTrue();

    [Fact]
    public void Have_a_name_and_a_slug()
    {
        New(Shirts, null, "", "shirts").ThenRejected("name_invalid");
        New(Shirts, null, "Shirts", "The shirts").ThenRejected("slug_invalid");
        New(Shirts, Shirts, "Shirts", "shirts").ThenRejected("category_cycle");
        New(Shirts, Unknown, "Shirts", "shirts").ThenRejected("not_found");
    }

    [Fact]
    public void Can_be_renamed()
    {
        When(c => c.Rename("Tops", "tops", Monday)).Then(new CategoryRenamed(Shirts, "Tops", "tops", Monday)).Slug.ShouldBe("tops");
        When(c => c.Rename("Shirts", "shirts", Monday)).ThenNothing();
        When(c => c.Rename("Shirts", "", Monday)).ThenRejected("slug_invalid");
    }

    [Fact]
    public void One_image_stands_for_them()
    {
        var (front, set) = (new CategoryImage("/files/front.png", "A row of shirts"), new CategoryImageSet(Shirts, new(Back, null), Monday));
        When(c => c.SetImage(front, Monday)).Then(new CategoryImageSet(Shirts, front, Monday)).Image.ShouldBe(front);
        When(c => c.SetImage(front, Monday), set).Then(new CategoryImageSet(Shirts, front, Monday)).Image.ShouldBe(front);
        When(c => c.SetImage(set.Image, Monday), set).ThenNothing();
        When(c => c.SetImage(front with { Url = "//elsewhere/front.png" }, Monday)).ThenRejected("image_invalid");
        When(c => c.SetImage(front with { Alt = new('x', 501) }, Monday)).ThenRejected("image_invalid");
        When(c => c.RemoveImage(Monday), set).Then(new CategoryImageRemoved(Shirts, Back, Monday)).Image.ShouldBeNull();
        When(c => c.RemoveImage(Monday)).ThenNothing();
    }

    [Fact]
    public void Can_be_moved_but_not_below_themselves()
    {
        When(c => c.Move(null, 4, Tree, Monday)).Then(new CategoryMoved(Shirts, null, 4, Monday)).DisplayOrder.ShouldBe(4);
        When(c => c.Move(Clothes, 1, Tree, Monday)).ThenNothing();
        When(c => c.Move(Linen, 1, Tree, Monday)).ThenRejected("category_cycle");
        When(c => c.Move(Shirts, 1, Tree, Monday)).ThenRejected("category_cycle");
        When(c => c.Move(Unknown, 1, Tree, Monday)).ThenRejected("not_found");
    }

    [Theory]
    [InlineData(8, null)]
    [InlineData(9, "category_too_deep")]
    public void Can_be_moved_with_all_below_them_as_deep_as_ten(int depth, string? rejection)
    {
        CategoryId Level(int level) => new(Uuid.Named("level", $"{level}"));
        var tree = new CategoryTree(
        [
            Named(Shirts, null), Named(Linen, Shirts),
            .. Enumerable.Range(1, depth).Select(level => Named(Level(level), level == 1 ? null : Level(level - 1))),
        ]);
        var move = When(c => c.Move(Level(depth), 1, tree, Monday));
        if (rejection is null)
        {
            move.Then(new CategoryMoved(Shirts, Level(depth), 1, Monday));
        }
        else
        {
            move.ThenRejected(rejection);
        }
    }

    [Fact]
    public void Can_be_switched_off_and_on()
    {
        var off = new CategoryDeactivated(Shirts, Monday);
        When(c => c.Deactivate(Monday)).Then(off).Active.ShouldBeFalse();
        When(c => c.Activate(Monday)).ThenNothing();
        new Spec<Category, CategoryEvent>().Given(Created(), off).When(c => c.Deactivate(Monday)).ThenNothing();
        new Spec<Category, CategoryEvent>().Given(Created(), off).When(c => c.Activate(Monday)).Then(new CategoryActivated(Shirts, Monday)).Active.ShouldBeTrue();
    }

    private static CategoryTree Tree => new([Named(Clothes, null), Named(Shirts, Clothes), Named(Linen, Shirts)]);

    private static Category Named(CategoryId id, CategoryId? parent) => new(id, parent, "Shelf", "shelf", 1, Active: true);

    private static CategoryCreated Created() => new(Shirts, Clothes, "Shirts", "shirts", 1, Monday);

    private static Spec<Category, CategoryEvent> New(CategoryId id, CategoryId? parent, string name, string slug) =>
        new Spec<Category, CategoryEvent>().WhenNew(() => Category.Create(id, parent, name, slug, 1, Tree, Monday));

    private static Spec<Category, CategoryEvent> When(Func<Category, CategoryEvent[]> decide, params CategoryEvent[] more) =>
        new Spec<Category, CategoryEvent>().Given([Created(), .. more]).When(decide);
}
