using System.Diagnostics;
using System.Net;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Mainstreet.Infrastructure.Webhooks;
using Mainstreet.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Mainstreet.Api.Tests.ApiFixture))]

namespace Mainstreet.Api.Tests;

/// <summary>
/// The whole product on a real port and a database of its own. The tests of this assembly share one, because each makes its
/// own business; a class that needs a product for itself asks for it as a class fixture.
/// </summary>
public sealed class ApiFixture : IAsyncLifetime
{
    /// <summary>Less than an access token is valid, and no test takes the difference.</summary>
    private static readonly TimeSpan SignInAgain = TimeSpan.FromMinutes(8);

    private readonly bool hasDemo;
    private string files = Path.Combine(Path.GetTempPath(), $"mainstreet-files-{Guid.NewGuid():N}");
    private readonly SemaphoreSlim founding = new(1, 1);
    private (string Name, string Value)[] settings;
    private TestDatabase database = null!;
    private bool isTwin;
    private Product product = null!;
    private (TestUser User, long SignedIn)? founder;

    public ApiFixture() : this(hasDemo: false)
    {
    }

    internal ApiFixture(bool hasDemo, params (string Name, string Value)[] settings) => (this.hasDemo, this.settings) = (hasDemo, settings);

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Takes down what the product logs.</summary>
    internal ILoggerProvider? Log { get; init; }

    public Session Guest => new(Http);

    public IServiceProvider Services => product.Services;

    /// <summary>Connects to the product's database as the owner, for what a test asks of all tenants.</summary>
    internal string Database => database.ConnectionString;

    /// <summary>Connects to it as the product does.</summary>
    internal string RuntimeDatabase => database.AppConnectionString;

    public Session As(string token) => new(Http, token);

    /// <summary>Signs a token without a sign-in, for rules about roles and tenants alone.</summary>
    public Session As(UserId user, TenantId tenant, string role) => new(Http, Services.GetRequiredService<IAccessTokens>()
        .Issue(new AccessGrant(user, tenant, role, Uuid.New(), Uuid.New().ToString("N")), TimeProvider.System.GetUtcNow()));

    /// <summary>
    /// Owns every business for which a test names no owner, and has stepped up: registering somebody costs as much as a password is worth.
    /// All tests together take longer than a token is valid.
    /// </summary>
    internal async Task<TestUser> Founder()
    {
        await founding.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (founder is not { } known || Stopwatch.GetElapsedTime(known.SignedIn) > SignInAgain)
            {
                var now = Stopwatch.GetTimestamp();
                var user = founder is { User: var before } ? await this.SignedInAgain(before) : await this.NewUser("founder");
                await user.Session.SteppedUp();
                founder = known = (user, now);
            }

            return known.User;
        }
        finally
        {
            founding.Release();
        }
    }

    public async ValueTask InitializeAsync()
    {
        database = await MainstreetDatabase.CloneAsync();
        Start();
    }

    /// <summary>Another process of the product on the same database.</summary>
    internal ApiFixture Twin()
    {
        var twin = new ApiFixture(hasDemo, settings) { database = database, files = files, isTwin = true };
        twin.Start();
        return twin;
    }

    /// <summary>Ends the product, and starts it on the same database and another port. Sessions from before lead nowhere.</summary>
    /// <param name="meanwhile">What happens while there is no product.</param>
    /// <param name="with">Settings from then on, instead of those before.</param>
    public async Task Restart(Func<Task> meanwhile, params (string Name, string Value)[] with)
    {
        Http.Dispose();
        await product.DisposeAsync();
        await meanwhile();
        settings = with is [] ? settings : with;
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await product.DisposeAsync();
        if (!isTwin)
        {
            await database.DisposeAsync();
            if (Directory.Exists(files))
            {
                Directory.Delete(files, recursive: true);
            }
        }
    }

    private void Start()
    {
        product = new Product(database, hasDemo, [("Files:Directory", files), .. settings], Log);
        product.UseKestrel(0);
        product.StartServer();
        Http = new HttpClient { BaseAddress = product.ClientOptions.BaseAddress };
    }

    private sealed class Product(TestDatabase database, bool hasDemo, (string Name, string Value)[] settings, ILoggerProvider? log) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.UseSetting("Attempts:Network:Most", "10000"); // all tests are one network
            builder.UseSetting("Sessions:StepUp", "01:00:00"); // longer than all tests
            foreach (var (name, value) in MainstreetDatabase.Settings(database).Select(setting => (setting.Key, setting.Value!)).Concat(settings))
            {
                builder.UseSetting(name, value);
            }

            builder.UseSetting("Demo:Enabled", hasDemo.ToString());
            builder.UseSetting("Email:Sandbox", "true"); // as in Development
            builder.UseSetting("Webhooks:AllowedNetworks:0", "127.0.0.0/8"); // receivers of the tests
            builder.UseDefaultServiceProvider(services => services.ValidateOnBuild = services.ValidateScopes = true);
        }

        /// <summary>The factory registers the server after Program has registered everything.</summary>
        protected override IHost CreateHost(IHostBuilder builder) =>
            base.CreateHost(builder.ConfigureServices(services =>
            {
                services.AddSingleton<Resolve>(NameServer);
                if (log is not null)
                {
                    services.AddSingleton(log);
                }

                services.GiveSingletonsTheWallClock();
            }));

        /// <summary>Names of another network: the public ones of the tests lead inside.</summary>
        private static Task<IPAddress[]> NameServer(string host, CancellationToken cancellationToken) => host.EndsWith(".example", StringComparison.Ordinal)
            ? Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")])
            : Dns.GetHostAddressesAsync(host, cancellationToken);
    }
}
