using Mainstreet.Application.Tests.Webhooks;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Hosting;

namespace Mainstreet.Application.Tests.Security;

public class ConfiguringSecurity
{
    [Fact]
    public async Task Keys_and_webhooks_follow_the_configuration()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 204 No Content\n\n");
        await using var services = Services(new()
        {
            ["Security:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
        });

        var tokens = services.GetRequiredService<IAccessTokens>();
        var grant = new AccessGrant(new(Uuid.New()), new(Uuid.New()), "owner", Uuid.New(), "1");
        tokens.Validate(tokens.Issue(grant, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch).ShouldBe(grant with { ValidUntil = DateTimeOffset.UnixEpoch + tokens.Lifetime + TimeSpan.FromSeconds(30) });
        (await services.GetRequiredService<IPasswords>().Verify(null, "correct horse battery", TestContext.Current.CancellationToken)).ShouldBeFalse();

        var headers = services.GetRequiredService<IWebhookSigner>().Sign("evt_1", DateTimeOffset.UnixEpoch, [], services.GetRequiredService<IWebhookSigner>().NewKey(WebhookSignature.HmacSha256).Secret);
        (await services.GetRequiredService<IWebhookTransport>().Send(
            new(receiver.Url(), [], headers, Sandbox: true), TestContext.Current.CancellationToken)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Without_configuration_no_inner_network_is_reached()
    {
        await using var services = Services([]);

        services.GetRequiredService<IWebhookTransport>().Check("http://127.0.0.1:9000/", sandbox: true)!.Code.ShouldBe("address_refused");
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection().AddLogging().AddInfrastructure();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production", ContentRootPath = Path.GetTempPath() });
        return services.BuildServiceProvider();
    }
}
