namespace Mainstreet.Api.Tests.Http;

public sealed class ScrapingMetrics(ScrapingMetrics.Product product) : IClassFixture<ScrapingMetrics.Product>
{
    [Fact]
    public async Task A_scraper_has_a_token_of_its_own()
    {
        await product.Api.Guest.Get("~/metrics").Returns(401);
        await product.Api.As("wrong").Get("~/metrics").Returns(401);
        (await product.Api.As("scrape-me").Get("~/metrics").Returns(200)).Text.ShouldContain("# TYPE dotnet_process_cpu_count gauge");
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; } = new(hasDemo: false, ("Metrics:Token", "scrape-me"));

        public ValueTask InitializeAsync() => Api.InitializeAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
