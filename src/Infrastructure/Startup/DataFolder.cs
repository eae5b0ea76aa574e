using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>Where this installation keeps what it makes for itself: the private PostgreSQL and, in Development, the master key.</summary>
internal sealed class DataFolder(IConfiguration configuration, IHostEnvironment environment)
{
    public string Path { get; } = System.IO.Path.GetFullPath(configuration["Data:Directory"] ?? ".data", environment.ContentRootPath);
}
