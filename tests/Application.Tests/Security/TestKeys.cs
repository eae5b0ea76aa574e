using System.Security.Cryptography;
using Mainstreet.Infrastructure.Security;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mainstreet.Application.Tests.Security;

internal static class TestKeys
{
    /// <summary>The master key of an installation that is configured with these 32 bytes repeated.</summary>
    public static MasterKey Master(byte fill = 7) => Load(Convert.ToBase64String([.. Enumerable.Repeat(fill, 32)]));

    public static MasterKey Load(string? masterKey, string environment = "Production", string? folder = null, ILogger<MasterKey>? logger = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Security:MasterKey"] = masterKey, ["Data:Directory"] = folder })
            .Build();
        var host = new HostingEnvironment { EnvironmentName = environment, ContentRootPath = Path.GetTempPath() };
        return new MasterKey(configuration, host, new DataFolder(configuration, host), logger ?? NullLogger<MasterKey>.Instance);
    }

    /// <summary>The text with one character changed to another of the same alphabet.</summary>
    public static string Tamper(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    public static byte[] Random(int size) => RandomNumberGenerator.GetBytes(size);
}
