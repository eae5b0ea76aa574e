using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>
/// The first start sets the demo up before it serves, so that whoever finds it ready can sign in and buy; the weeks of orders are
/// written meanwhile. Later starts find it all there. A demo that cannot be written costs nothing but the demo.
/// </summary>
internal sealed class DemoService(DemoWriter writer, ILogger<DemoService> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await Try(() => writer.SetUp(cancellationToken), cancellationToken))
        {
            Say();
            await base.StartAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Try(
        async () =>
        {
            if (await writer.WriteOrders(stoppingToken) is > 0 and var placed)
            {
                logger.LogInformation("Demo: {Orders} orders of the last four weeks are in the dashboards now", placed);
            }
        },
        stoppingToken);

    private async Task<bool> Try(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(e, "The demo could not be written to its end; the next start goes on with it");
            return false;
        }
    }

    private void Say()
    {
        logger.LogInformation("Demo: the owner {Email} signs in with {Password}, PIN {Pin}", DemoWriter.Email, DemoWriter.Password, DemoWriter.Pin);
        foreach (var shop in DemoShops.All)
        {
            logger.LogInformation(
                "Demo: {Shop} has the storefront {Subdomain}; its drivers {Drivers} sign in with the same password",
                shop.Name, shop.Subdomain, string.Join(", ", shop.Drivers.Select(driver => driver.Email)));
        }
    }
}
