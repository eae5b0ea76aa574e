using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;

namespace Mainstreet.Application.Tests.Reviews;

public class ProductRatingTests
{
    private static readonly ProductId Pizza = new(Uuid.Named("pizza"));
    private static readonly ProductId Olives = new(Uuid.Named("olives"));
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_approved_reviews_count_and_each_counts_for_its_product() => Spec()
        .Given(Approved(Pizza, 5), Approved(Pizza, 4), Approved(Pizza, 4), Approved(Olives, 1), Approved(null, 1))
        .ThenView(new ProductRating(Pizza, 3, 13), new ProductRating(Olives, 1, 1));

    [Fact]
    public void What_was_approved_stops_counting_when_it_is_rejected_or_withdrawn()
    {
        Spec().Given(Approved(Pizza, 5), Approved(Pizza, 2), Rejected(Pizza, 2, wasApproved: true)).ThenView(new ProductRating(Pizza, 1, 5));
        Spec().Given(Approved(Pizza, 5), Approved(Pizza, 2), Withdrawn(Pizza, 5, wasApproved: true)).ThenView(new ProductRating(Pizza, 1, 2));
        Spec().Given(Approved(Pizza, 5), Withdrawn(Pizza, 5, wasApproved: true)).ThenView();
    }

    [Fact]
    public void What_never_counted_changes_nothing() => Spec()
        .Given(Approved(Pizza, 5), Rejected(Pizza, 1, wasApproved: false), Withdrawn(Pizza, 1, wasApproved: false), Withdrawn(null, 1, wasApproved: true))
        .ThenView(new ProductRating(Pizza, 1, 5));

    [Theory]
    [InlineData(3, 13, "4.3")]
    [InlineData(4, 17, "4.3")] // 4.25
    [InlineData(2, 10, "5.0")]
    public void An_average_has_one_decimal(int reviews, long stars, string average) =>
        new ProductRating(Pizza, reviews, stars).Average.ShouldBe(decimal.Parse(average, System.Globalization.CultureInfo.InvariantCulture));

    private static ProjectionSpec<ProductRating> Spec() => new(new ProductRatingsProjection());

    private static ReviewApproved Approved(ProductId? product, int rating) => new(new(Uuid.New()), product, null, rating, Noon);

    private static ReviewRejected Rejected(ProductId? product, int rating, bool wasApproved) => new(new(Uuid.New()), product, null, new(Uuid.New()), rating, wasApproved, null, Noon);

    private static ReviewWithdrawn Withdrawn(ProductId? product, int rating, bool wasApproved) => new(new(Uuid.New()), product, null, rating, wasApproved, Noon);
}
