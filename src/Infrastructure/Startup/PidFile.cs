using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>api.pid in the data folder names the running process, so that scripts can stop or kill just this one. Development only.</summary>
internal sealed class PidFile(DataFolder folder, IHostEnvironment environment) : IHostedService
{
    private readonly string path = Path.Combine(folder.Path, "api.pid");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            Directory.CreateDirectory(folder.Path);
            await File.WriteAllTextAsync(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }
}
