using System.Net;
using FluentValidation;
using Mainstreet.Application;
using Mainstreet.Application.ApiKeys;
using Mainstreet.Application.Archives;
using Mainstreet.Application.Audit;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Carts;
using Mainstreet.Application.Connections;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Imports;
using Mainstreet.Application.Integrations;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Drivers;
using Mainstreet.Application.Events;
using Mainstreet.Application.Exports;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Loyalty;
using Mainstreet.Application.Messages;
using Mainstreet.Application.Notifications;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Payouts;
using Mainstreet.Application.Privacy;
using Mainstreet.Application.Projections;
using Mainstreet.Application.TestClocks;
using Mainstreet.Application.Wallets;
using Mainstreet.Application.Webhooks;
using Mainstreet.Infrastructure.ApiKeys;
using Mainstreet.Infrastructure.Archives;
using Mainstreet.Infrastructure.Audit;
using Mainstreet.Infrastructure.Carts;
using Mainstreet.Infrastructure.Connections;
using Mainstreet.Infrastructure.Demo;
using Mainstreet.Infrastructure.Drivers;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Exports;
using Mainstreet.Infrastructure.Feed;
using Mainstreet.Infrastructure.Files;
using Mainstreet.Infrastructure.Flags;
using Mainstreet.Infrastructure.Identity;
using Mainstreet.Infrastructure.Imports;
using Mainstreet.Infrastructure.Inbound;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Metrics;
using Mainstreet.Infrastructure.Pipeline;
using Mainstreet.Infrastructure.Privacy;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Providers;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Rebuilds;
using Mainstreet.Infrastructure.Security;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Mainstreet.Infrastructure.Webhooks;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure;

/// <summary>Everything behind the API: database, log, subscriptions, messages, and the handlers of the application.</summary>
public static class InfrastructureSetup
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services) => services
        .AddDatabase()
        .AddIdentity()
        .AddAudit()
        .AddTenancy()
        .AddLog()
        .AddSubscriptions()
        .AddFeed()
        .AddArchives()
        .AddFiles()
        .AddMessaging()
        .AddRequests()
        .AddPayments()
        .AddSenders()
        .AddProviders()
        .AddInbound();

    /// <summary>Whether two made-up businesses are to be there: in Development, unless a setting says otherwise.</summary>
    public static bool HasDemo(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["Demo:Enabled"] is { } wanted ? bool.Parse(wanted) : environment.IsDevelopment();

    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddSingleton<DemoWriter>()
        .AddHostedService<DemoService>();

    private static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton<DataFolder>();
        services.AddSingleton<MasterKey>();
        services.AddSingleton<SecretBox>().AddSingleton<ISecretBox>(provider => provider.GetRequiredService<SecretBox>());
        services.AddSingleton<InstallationKeys>();
        services.AddSingleton<MasterKeyRotation>().AddSingleton<IMasterKeys>(provider => provider.GetRequiredService<MasterKeyRotation>());
        services.AddHostedService(provider => provider.GetRequiredService<MasterKeyRotation>());
        services.AddSingleton<Database>();

        // whatever asks for the database first starts it; hosted services do, so it is there before the first request
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Start(CancellationToken.None).GetAwaiter().GetResult());
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<NpgsqlDataSource>();
            return provider.GetRequiredService<Database>().Direct;
        });
        services.AddHostedService<PidFile>();
        services.AddHostedService<HaltedClients>();
        services.AddSingleton<LiveProcesses>().AddSingleton<ILiveProcesses>(provider => provider.GetRequiredService<LiveProcesses>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveProcesses>());
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return services;
    }

    private static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<SigningKey>().AddSingleton<IAccessTokens, AccessTokens>();
        services.AddSingleton<IPasswords, Passwords>();
        services.AddOptions<OperatorOptions>().BindConfiguration("Operator").Validate(options => options.AreValid(), "Operator: with Email there must be Password.").ValidateOnStart();
        services.AddHostedService<FirstOperator>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<IMailTokens, MailTokens>();
        services.AddScoped<PasswordProof>().AddScoped<CustomerPasswords>();
        services.AddScoped<ApplicantTokens>().AddScoped<IDocumentFiles, DocumentFiles>();
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts");
        services.AddOptions<SessionOptions>().BindConfiguration("Sessions");
        services.AddOptions<AttemptOptions>().BindConfiguration("Attempts");
        services.AddOptions<EntitlementOptions>().BindConfiguration("Entitlements");
        return services
            .AddSingleton<IEntitlements, ConfiguredEntitlements>()
            .AddSingleton<IFeatures, Features>()
            .AddSingleton<IApiKeys, ApiKeyStore>().AddSingleton<ApiKeySecrets>().AddSingleton<MethodSetupSecrets>()
            .AddSingleton<IRolePermissions, RolePermissions>()
            .AddSingleton<SessionGuard>().AddSingleton<ISessionGuard>(provider => provider.GetRequiredService<SessionGuard>())
            .AddScoped<ISessions, Sessions>()
            .AddScoped<IAttempts, Attempts>();
    }

    private static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<RefusedAttempts>().AddSingleton<IRefusedAttempts>(provider => provider.GetRequiredService<RefusedAttempts>())
        .AddHostedService(provider => provider.GetRequiredService<RefusedAttempts>())
        .AddScoped<IAuditLog, AuditLog>();

    private static IServiceCollection AddTenancy(this IServiceCollection services) => services
        .AddSingleton<LiveTenants>()
        .AddSingleton<IBusinessStates, BusinessStates>()
        .AddSingleton<IAllowedOrigins, AllowedOrigins>()
        .AddScoped<RequestContext>()
        .AddScoped<ITenantContext>(provider => provider.GetRequiredService<RequestContext>())
        .AddScoped<ITenantScope, TenantScope>()
        .AddScoped<ITenantScopes, TenantScopes>()
        .AddScoped<TimeProvider, TenantClock>();

    private static IServiceCollection AddLog(this IServiceCollection services) => services
        .AddSingleton<EventRegistry>()
        .AddSingleton<AggregateRegistry>()
        .AddSingleton<EventSerializer>()
        .AddSingleton<SubjectKeys>()
        .AddSingleton<StreamLoader>()
        .AddSingleton<LogReader>()
        .AddSingleton<Erasures>().AddScoped<ISubjectTraces, SubjectTraces>()
        .AddSingleton<CompleteViews>()
        .AddSingleton<CommitWriter>()
        .AddSingleton<CommitErrors>()
        .AddSingleton<CommitAttempts>()
        .AddSingleton<TenantGates>()
        .AddSingleton<CommitGroup>().AddSingleton<Rehearsal>()
        .AddSingleton<StoredAnswers>()
        .AddScoped<IAggregates, Aggregates>()
        .AddScoped<ILane, Lane>()
        .AddScoped<IHistory, StreamHistory>();

    private static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.Scan(scan => scan.FromAssemblyOf<IProjection>()
            .AddClasses(classes => classes.AssignableTo<IProjection>(), publicOnly: false).As<IProjection>().WithSingletonLifetime()
            .AddClasses(classes => classes.AssignableTo<IPolicy>(), publicOnly: false).As<IPolicy>().WithSingletonLifetime());
        services.AddSingleton<ViewCatalog>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<CommitSignal>();
        services.AddSingleton(provider => new SubscriptionCatalog(
        [
            .. provider.GetRequiredService<ViewCatalog>().Tables.Select(table => new ProjectionSubscription(table)),
            .. provider.GetServices<IPolicy>().OrderBy(policy => policy.Name, StringComparer.Ordinal).Select(policy => new PolicySubscription(
                policy, provider.GetRequiredService<MessageTypes>(), provider.GetRequiredService<MessageSignal>())),
            .. provider.GetServices<ISubscription>(),
        ]));
        services.AddSingleton<TenantPump>();
        services.AddSingleton<SubscriptionRunner>().AddHostedService(provider => provider.GetRequiredService<SubscriptionRunner>());
        services.AddSingleton<ViewFilling>().AddHostedService(provider => provider.GetRequiredService<ViewFilling>());
        services.AddHealthChecks().AddCheck<ViewFilling>("views");
        services.AddOptions<ReadOptions>().BindConfiguration("Database");
        services.AddSingleton<TenantShares>().AddSingleton<JointReads>();
        services.AddScoped<IReadStore, ReadStore>().AddSingleton<PastReads>().AddSingleton<KeptGenerations>();
        services.AddSingleton<RebuildSignal>().AddSingleton(new RebuildLease(TimeSpan.FromSeconds(30)));
        services.AddSingleton<GenerationBuilder>().AddSingleton<GenerationComparison>().AddSingleton<GenerationSwitch>().AddSingleton<GenerationDrop>();
        services.AddHostedService<RebuildWorker>();
        services.AddScoped<IRebuilds, RebuildStore>();
        services.AddScoped<IParkedEvents, ParkedEvents>();
        services.AddHostedService<OperationsGauges>();
        return services;
    }

    private static IServiceCollection AddFeed(this IServiceCollection services) => services
        .AddSingleton<LogEpochs>().AddSingleton<ILogEpochs>(provider => provider.GetRequiredService<LogEpochs>())
        .AddSingleton<FeedLog>()
        .AddSingleton<LogTails>().AddHostedService(provider => provider.GetRequiredService<LogTails>())
        .AddScoped<IEventFeed, EventFeed>();

    private static IServiceCollection AddArchives(this IServiceCollection services) => services
        .AddSingleton<LogPages>()
        .AddSingleton<MartenNames>()
        .AddScoped<ILogExports, LogExports>()
        .AddSingleton<StagingPlaces>().AddScoped<ILogImports, LogImports>()
        .AddScoped<LogMove>()
        .AddScoped<ExportRows>().AddScoped<IExportFiles, ExportFiles>().AddScoped<IImportFiles, ImportFiles>().AddSingleton<IExportLinks, ExportLinks>()
        .AddScoped<ICarts, CartRows>().AddScoped<CartSteps>().AddScoped<CartPricing>().AddScoped<SavedMethods>().AddScoped<PointSettlement>();

    private static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<MessageOptions>().BindConfiguration("Messages");
        return services
            .AddSingleton(new MessageTypes([typeof(Committed).Assembly]))
            .AddSingleton<MessageSignal>()
            .AddSingleton<MessageRunner>()
            .AddHostedService<MessageWorkers>()
            .AddHostedService<Housekeeping>()
            .AddSingleton<MessageSteps>()
            .AddScoped<IDeadLetters, DeadLetters>()
            .AddScoped<IScheduledMessages, ScheduledMessages>().AddScoped<IQueues, QueueStates>()
            .AddScoped<TestClockRows>().AddScoped<ITestClocks, TestClocks>();
    }

    private static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(DryRunBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(IdempotencyBehavior<,>));
        services.Scan(scan => scan.FromAssembliesOf(typeof(Committed), typeof(InfrastructureSetup))
            .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(classes => classes.AssignableTo(typeof(IValidator<>)), publicOnly: false).AsImplementedInterfaces().WithSingletonLifetime());
        return services;
    }

    private static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<ITrackingTokens, TrackingTokens>();
        services.AddOptions<DnsOptions>().BindConfiguration("Dns")
            .Validate(options => options.AreValid(), "Dns: Servers are addresses such as 10.0.0.2 or 10.0.0.2:53, Timeout is more than nothing.").ValidateOnStart();
        services.AddOptions<StorefrontOptions>().BindConfiguration("Storefronts")
            .Validate(options => options.AreValid(), "Storefronts: Domain is a host name in lower case, such as shops.example.com.").ValidateOnStart();
        services.AddScoped<ISealedSecrets, SealedSecrets>().AddScoped<IKnownSecrets, SealedSecrets>();
        services.AddOptions<OAuthOptions>().BindConfiguration("OAuth").Validate(options => options.AreValid(), "OAuth: TokenUrl is an http(s) address.").ValidateOnStart();
        services.AddScoped<SandboxTokens>().AddScoped<ITokenProviders, TokenProviders>().AddScoped<TokenLeases>().AddScoped<ITokenVault, TokenVault>();
        services.AddSingleton<NameServers>().AddScoped<SandboxDns>().AddScoped<ISandboxDns, SandboxDns>().AddScoped<IDnsTxt, DnsTxt>();
        services.AddSingleton<IStorefrontDomain, StorefrontDomain>();
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks");
        services.AddSingleton<IWebhookSigner, StandardWebhooks>();
        services.AddSingleton<WebhookSecrets>().AddSingleton<WebhookHeaders>();
        services.AddSingleton<WebhookMessages>();
        services.AddSingleton<ISubscription, WebhookOutlet>();
        services.AddScoped<IWebhookDeliveries, WebhookDeliveries>();
        services.AddScoped<DeliveryRows>();
        services.AddScoped<WebhookSender>();
        services.AddScoped<RunCommit>();

        // by the machine's clock: a test tenant's clock stands still while an attempt waits
        services.AddSingleton<Resolve>(Dns.GetHostAddressesAsync);
        services.AddSingleton<IWebhookTransport>(provider => new WebhookTransport(
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value, TimeProvider.System, provider.GetRequiredService<Resolve>()));
        return services;
    }
}
