namespace Mainstreet.Api.Tests.Storefronts;

/// <summary>Whoever asks at a host that is nobody's counts as whoever asks for a storefront that is not there.</summary>
public sealed class ComingFromAStrangeHost : IAsyncLifetime
{
    private readonly ApiFixture api = new(hasDemo: false, ("Limits:Guest:Requests", "3"));

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Is_counted_before_anything_is_looked_up()
    {
        for (var i = 0; i < 3; i++)
        {
            await At($"shop{i}.example").Refused(404, "not_found");
        }

        await At("shop4.example").Refused(429, "rate_limited");
    }

    private ApiRequest At(string host) => api.Guest.Get("/storefront/products").With("Host", host);
}
