using System.Linq.Expressions;
using FluentValidation;
using Mainstreet.Api.Events;
using Mainstreet.Api.Files;
using Mainstreet.Api.Http.Limits;
using Mainstreet.Api.Inbound;
using Mainstreet.Api.Storefronts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Http;

/// <summary>The edge of the product: everything between the socket and a feature's endpoint.</summary>
internal static class HttpSetup
{
    public static void AddHttp(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.AddExceptionHandler<ProblemWriter>();
        ValidatorOptions.Global.DisplayNameResolver = (_, _, expression) => FieldName(expression);
        services.Scan(scan => scan.FromAssemblyOf<ITenantResolver>()
            .AddClasses(classes => classes.AssignableTo<ITenantResolver>(), publicOnly: false).AsSelf().WithScopedLifetime());
        services.AddScoped<Credentials>();
        services.AddScoped<BusinessGate>();
        services.AddScoped<NotificationReceiver>();
        services.AddOptions<StreamOptions>().BindConfiguration("Events");
        services.AddSingleton<StreamPlaces>();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section)
            .Validate(limits => limits.AreValid(), "Limits: every number and time is more than nothing.").ValidateOnStart();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<IConfigureOptions<RequestTimeoutOptions>, RequestTime>().AddRequestTimeouts();
        services.AddHealthChecks();
        services.AddHostedService<EndpointRules>();
        services.AddOpenApiDocument();
        builder.Services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, builder.Configuration));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodyMiddleware.Drained;
            RequestSize.Bound(kestrel.Limits, builder.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new());
        });
    }

    /// <summary>Validators speak of fields as callers write them: c.Driver.Id becomes driver/id.</summary>
    private static string? FieldName(LambdaExpression? expression) =>
        expression?.Body.ToString() is { } path && path.Contains('.', StringComparison.Ordinal)
            ? Pointers.FromProperty(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]).TrimStart('/')
            : null;

    /// <summary>Behind a proxy everybody would have its address: those of Http:TrustedProxies are believed in whose name they call, and how.</summary>
    private static void TrustProxies(ForwardedHeadersOptions options, ConfigurationManager configuration)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in configuration.GetSection("Http:TrustedProxies").Get<string[]>() ?? [])
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        options.ForwardLimit = null; // back to the first address that is none of them

        // without any known proxy the framework would believe everybody
        options.ForwardedHeaders = options.KnownIPNetworks.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
    }

    /// <summary>In this order: whatever comes later may throw, and the caller still gets a problem with a request id.</summary>
    public static void UseHttp(this WebApplication app)
    {
        app.UseMiddleware<RefusalAudit>();
        app.UseExceptionHandler(_ => { });
        app.Use(static (http, next) =>
        {
            http.Request.Headers.Remove(ForwardedHeadersDefaults.XOriginalProtoHeaderName); // what trusted proxies said stands there later, and nothing else
            return next(http);
        });
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestEnvelope>();
        app.UseMiddleware<RequestSize>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseMiddleware<Transport>();
        }

        app.UseStatusCodePages(context => ProblemWriter.Write(context.HttpContext, Problems.FromStatus(context.HttpContext.Response.StatusCode)));
        app.UseOpenApiDocument();
        app.UseMiddleware<PublicFileRoute>();
        app.UseMiddleware<StorefrontHosts>();
        app.UseRouting();
        app.UseMiddleware<Cors>();
        app.UseRequestTimeouts();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<DryRunMiddleware>();
        app.UseMiddleware<RequestBodyMiddleware>();
        app.MapHealth();
    }
}
